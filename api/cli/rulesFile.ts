import { z } from 'zod';
import {
  parseRuleSet,
  type RuleSet,
  type ScheduleWeights,
  type ShiftTemplate,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { checked, readJson } from './jsonFile.ts';

const minutes = z.number().min(0).max(10_080);
/** 0 = Monday. */
export const weekdaySchema = z.union([
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
]);

const templateSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  type: z.string().min(1),
  lengthsMinutes: z.array(z.number().int().min(1)).min(1),
  starts: z
    .array(
      z.strictObject({
        earliestMinute: minutes,
        latestMinute: minutes,
        stepMinutes: z.number().min(5).max(1440),
      }),
    )
    .min(1),
  weekdays: z.array(weekdaySchema).exactOptional(),
  breaks: z.array(
    z.strictObject({
      kind: z.enum(['break', 'lunch', 'gap']),
      minutes: z.number().min(1).max(480),
      paid: z.boolean(),
      earliestOffsetMinutes: minutes,
      latestOffsetMinutes: minutes,
    }),
  ),
  minSpacingMinutes: minutes.exactOptional(),
});

const price = z.number().min(0);
const weightsSchema = z.strictObject({
  underTiers: z
    .array(z.strictObject({ upToShare: price, costPerHour: price }))
    .min(1)
    .exactOptional(),
  overCostPerHour: price.exactOptional(),
  labour: price.exactOptional(),
  preference: price.exactOptional(),
  fairness: price.exactOptional(),
  changedShift: price.exactOptional(),
  changedHour: price.exactOptional(),
  hardRule: price.exactOptional(),
});

const rulesFileSchema = z.strictObject({
  templates: z.array(templateSchema).min(1).exactOptional(),
  rules: z.array(z.unknown()),
  weights: weightsSchema.exactOptional(),
  holidays: z.array(z.iso.date()).exactOptional(),
});

/** What a rules file holds. */
export interface RulesFile {
  readonly templates?: readonly ShiftTemplate[];
  readonly rules: RuleSet;
  readonly weights?: Partial<ScheduleWeights>;
  readonly holidays?: readonly string[];
}

/**
 * Reads `{ templates?, rules, weights?, holidays? }`, or a bare list of rules.
 *
 * @throws CommandError naming the file and every field that is wrong.
 */
export async function readRules(file: string): Promise<RulesFile> {
  const data = await readJson(file);
  const parsed = checked(file, rulesFileSchema, Array.isArray(data) ? { rules: data } : data);
  const rules = parseRuleSet(parsed.rules);
  if (rules.kind === 'invalid') {
    throw new CommandError(`${file}:\n${rules.problems.map(p => `  ${p.path}: ${p.message}`).join('\n')}`);
  }
  return {
    rules: rules.ruleSet,
    ...(parsed.templates && { templates: parsed.templates }),
    ...(parsed.weights && { weights: parsed.weights }),
    ...(parsed.holidays && { holidays: parsed.holidays }),
  };
}
