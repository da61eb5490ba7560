import { extname } from 'node:path';
import { z } from 'zod';
import {
  type AvailabilityWindow,
  parseRuleSet,
  type RuleSet,
  type ScheduleWeights,
  type SchedulingAgent,
  type ShiftTemplate,
  type Weekday,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { csvRows, readText } from './csvFile.ts';

const minutes = z.number().min(0).max(10_080);
const weekday = z.union([
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
  lengthsMinutes: z.array(z.number().int().min(15).max(1440)).min(1),
  starts: z
    .array(
      z.strictObject({
        earliestMinute: minutes,
        latestMinute: minutes,
        stepMinutes: z.number().min(5).max(1440),
      }),
    )
    .min(1),
  weekdays: z.array(weekday).exactOptional(),
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
  rules: z.unknown(),
  weights: weightsSchema.exactOptional(),
});

/** What a rules file holds. */
export interface RulesFile {
  readonly templates?: readonly ShiftTemplate[];
  readonly rules: RuleSet;
  readonly weights?: Partial<ScheduleWeights>;
}

/**
 * Reads `{ templates?, rules, weights? }`.
 *
 * @throws CommandError naming the file and every field that is wrong.
 */
export async function readRules(file: string): Promise<RulesFile> {
  const parsed = checked(file, rulesFileSchema, await readJson(file));
  const rules = parseRuleSet(parsed.rules);
  if (rules.kind === 'invalid') {
    throw new CommandError(`${file}:\n${rules.problems.map(p => `  ${p.path}: ${p.message}`).join('\n')}`);
  }
  return {
    rules: rules.ruleSet,
    ...(parsed.templates && { templates: parsed.templates }),
    ...(parsed.weights && { weights: parsed.weights }),
  };
}

const windowSchema = z.strictObject({ weekday, startMinute: minutes, endMinute: minutes });
const hours = z.number().min(0).max(168);

const agentSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).exactOptional(),
  skills: z
    .array(z.strictObject({ skill: z.string().min(1), level: z.number().min(1).max(5).exactOptional() }))
    .min(1),
  contract: z.strictObject({ minHoursPerWeek: hours, targetHoursPerWeek: hours, maxHoursPerWeek: hours }),
  costPerHour: z.number().min(0),
  overtimePremiumPerHour: z.number().min(0).exactOptional(),
  availability: z.array(windowSchema).exactOptional(),
  timeOff: z
    .array(
      z.strictObject({
        start: z.number().int(),
        end: z.number().int(),
        reason: z.string().exactOptional(),
        paidMinutes: z.number().min(0).exactOptional(),
      }),
    )
    .exactOptional(),
  seniority: z.number().exactOptional(),
  templateIds: z.array(z.string()).exactOptional(),
});

/**
 * Reads agents from JSON (a list) or CSV: `id[,name],skills,min_hours,target_hours,max_hours[,cost_per_hour,available,templates]`,
 * skills as `nurse:4;appointments`, availability as `Mon 08:00-16:00;Tue 08:00-16:00`.
 *
 * @throws CommandError naming the file, the row and the field.
 */
export async function readAgents(file: string): Promise<readonly SchedulingAgent[]> {
  const data =
    extname(file).toLowerCase() === '.json'
      ? await readJson(file)
      : agentsFromCsv(file, await readText(file));
  const agents = checked(file, z.array(agentSchema), data);
  if (agents.length === 0) throw new CommandError(`${file}: no agents`);
  return agents.map(agent => ({ ...agent, name: agent.name ?? agent.id }));
}

function agentsFromCsv(file: string, text: string): readonly unknown[] {
  const rows = csvRows(file, text);
  return rows.map((row, i) => {
    const where = `${file}, row ${i + 2}`;
    const number = (name: string, otherwise?: number) => {
      const cell = row[name] ?? '';
      if (cell === '' && otherwise !== undefined) return otherwise;
      const value = Number(cell);
      if (cell === '' || !Number.isFinite(value)) {
        throw new CommandError(`${where}, ${name}: found "${cell}"; expected a number`);
      }
      return value;
    };
    const target = number('target_hours', 40);
    const list = (name: string) =>
      (row[name] ?? '')
        .split(';')
        .map(item => item.trim())
        .filter(item => item !== '');
    const windows = list('available').map(item => parseWindow(item, where));
    const templates = list('templates');
    return {
      id: row.id ?? '',
      ...(row.name && { name: row.name }),
      skills: list('skills').map(item => parseSkill(item)),
      contract: {
        minHoursPerWeek: number('min_hours', 0),
        targetHoursPerWeek: target,
        maxHoursPerWeek: number('max_hours', target),
      },
      costPerHour: number('cost_per_hour', 25),
      ...(windows.length > 0 && { availability: windows }),
      ...(templates.length > 0 && { templateIds: templates }),
    };
  });
}

function parseSkill(text: string): { skill: string; level?: number } {
  const [skill = '', level] = text.split(':');
  return { skill, ...(level !== undefined && { level: Number(level) }) };
}

const WEEKDAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function parseWindow(text: string, where: string): AvailabilityWindow {
  const match = /^([a-z]{3})\w*\s+(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/i.exec(text);
  const index = WEEKDAYS.indexOf(match?.[1]?.toLowerCase() ?? '');
  if (!match || index < 0) {
    throw new CommandError(`${where}, available: found "${text}"; expected such as Mon 08:00-16:00`);
  }
  const start = Number(match[2]) * 60 + Number(match[3]);
  const end = Number(match[4]) * 60 + Number(match[5]);
  const days: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6];
  return { weekday: days[index] ?? 0, startMinute: start, endMinute: end > start ? end : end + 1440 };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandError(`${file} is not JSON: ${error.message}`);
    throw error;
  }
}

function checked<Output>(file: string, schema: z.ZodType<Output>, data: unknown): Output {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const lines = result.error.issues
    .slice(0, 20)
    .map(issue => `  ${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new CommandError(`${file}:\n${lines.join('\n')}`);
}
