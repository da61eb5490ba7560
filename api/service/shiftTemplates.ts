import { z } from 'zod';
import {
  createShiftTemplate,
  listShiftTemplates,
  type StoredShiftTemplate,
  updateShiftTemplate,
} from '../../data/store/shiftTemplates.ts';
import type { ShiftTemplate } from '../../forecasting/scheduling/problem.ts';
import { weekdaySchema } from '../contract/people.ts';
import { breakTemplateSchema, type ShiftTemplateEntry } from '../contract/shift.ts';
import { assertReaches, type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';
import { asJson } from './storedQueue.ts';
import { unlessConflict } from './unlessConflict.ts';

const contentSchema = z.object({
  type: z.string().default('day'),
  lengthsMinutes: z.array(z.int()),
  starts: z.array(z.object({ earliestMinute: z.int(), latestMinute: z.int(), stepMinutes: z.int() })),
  weekdays: z.array(weekdaySchema).optional(),
  breaks: z.array(breakTemplateSchema),
  minSpacingMinutes: z.int().optional(),
});

type Fields = Omit<ShiftTemplateEntry, 'id' | 'revision'>;

/** Shift templates in reach. */
export async function readShiftTemplates(context: Context, siteId: string | undefined) {
  const stored = await listShiftTemplates(
    context.environment.store.db,
    reach(context, 'people.read'),
    siteId,
  );
  return stored.map(present);
}

/** Adds a shift template. */
export async function addShiftTemplate(context: Context, input: Fields): Promise<ShiftTemplateEntry> {
  assertReaches(context, 'people.manage', input.siteId);
  assertSensible(input);
  return mutate(context, 'shiftTemplate.create', async db => {
    const stored = await createShiftTemplate(db, {
      siteId: input.siteId,
      name: input.name,
      content: contentOf(input),
      active: input.active,
    });
    return {
      value: present(stored),
      subjectKind: 'shiftTemplate',
      subjectId: stored.id,
      siteId: stored.siteId,
    };
  });
}

/** Changes a shift template. */
export async function changeShiftTemplate(
  context: Context,
  id: string,
  revision: number,
  input: Omit<Fields, 'siteId'>,
): Promise<ShiftTemplateEntry> {
  const scope = reach(context, 'people.manage');
  assertSensible(input);
  return mutate(context, 'shiftTemplate.update', async db => {
    unlessConflict(
      await updateShiftTemplate(db, scope, id, revision, {
        name: input.name,
        content: contentOf(input),
        active: input.active,
      }),
    );
    const stored = found((await listShiftTemplates(db, scope)).find(known => known.id === id));
    return { value: present(stored), subjectKind: 'shiftTemplate', subjectId: id, siteId: stored.siteId };
  });
}

function assertSensible(input: Omit<Fields, 'siteId'>): void {
  for (const start of input.starts) {
    if (start.latestMinute < start.earliestMinute) {
      throw new Refusal('invalid', 'body.starts: the latest start must not be before the earliest');
    }
  }
  const shortest = Math.min(...input.lengthsMinutes);
  for (const pause of input.breaks) {
    if (pause.latestOffsetMinutes < pause.earliestOffsetMinutes) {
      throw new Refusal('invalid', 'body.breaks: the latest start must not be before the earliest');
    }
    if (pause.earliestOffsetMinutes + pause.minutes > shortest) {
      throw new Refusal('invalid', 'body.breaks: a break must fit into the shortest shift');
    }
  }
}

function contentOf(input: Omit<Fields, 'siteId'>) {
  const { type, lengthsMinutes, starts, weekdays, breaks, minSpacingMinutes } = input;
  return asJson({
    type,
    lengthsMinutes,
    starts,
    ...(weekdays.length > 0 && { weekdays }),
    breaks,
    minSpacingMinutes,
  });
}

/** A stored template as scheduling wants it; undefined when what is stored is no template. */
export function toShiftTemplate(stored: StoredShiftTemplate): ShiftTemplate | undefined {
  const content = contentSchema.safeParse(stored.content);
  if (!content.success) return undefined;
  const { weekdays, minSpacingMinutes, ...rest } = content.data;
  return {
    id: stored.id,
    name: stored.name,
    ...rest,
    ...(weekdays && weekdays.length > 0 && { weekdays }),
    ...(minSpacingMinutes !== undefined && { minSpacingMinutes }),
  };
}

function present(stored: StoredShiftTemplate): ShiftTemplateEntry {
  const content = contentSchema.safeParse(stored.content);
  const { weekdays, minSpacingMinutes, ...rest } = content.success
    ? content.data
    : { type: 'day', lengthsMinutes: [480], starts: [], breaks: [], weekdays: [], minSpacingMinutes: 0 };
  return {
    id: stored.id,
    siteId: stored.siteId,
    name: stored.name,
    ...rest,
    weekdays: weekdays ?? [],
    minSpacingMinutes: minSpacingMinutes ?? 0,
    active: stored.active,
    revision: stored.revision,
  };
}
