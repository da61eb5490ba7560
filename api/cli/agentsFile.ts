import { z } from 'zod';
import {
  type Assignment,
  type AvailabilityWindow,
  addDays,
  type SchedulingAgent,
  type TimeOff,
  type Weekday,
} from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { type CsvRow, csvRows, readText } from './csvFile.ts';
import { checked, isJsonFile, readJson } from './jsonFile.ts';
import { parseInstant } from './localClock.ts';
import { weekdaySchema } from './rulesFile.ts';

const DEFAULT_HOURS = 40;
const DEFAULT_COST_PER_HOUR = 25;
/** Worth in currency of a day off wished in a CSV file. */
const WISH_WEIGHT = 20;

const minute = z.number().min(0).max(2880);
const hours = z.number().min(0).max(168);
/** UTC epoch seconds, or a local time. */
const instant = z.union([z.number().int(), z.string().min(10)]);
const span = { start: instant, end: instant };

const activitySchema = z.strictObject({
  kind: z.enum(['work', 'break', 'lunch', 'gap', 'meeting', 'training']),
  ...span,
  paid: z.boolean(),
  queueId: z.string().exactOptional(),
  eventId: z.string().exactOptional(),
});
const shiftSchema = z.strictObject({
  ...span,
  id: z.string().exactOptional(),
  agentId: z.string().exactOptional(),
  templateId: z.string().nullable().exactOptional(),
  activities: z.array(activitySchema).exactOptional(),
  locked: z.boolean().exactOptional(),
});
const preferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dayOff'), date: z.iso.date(), weight: z.number().min(0) }),
  z.strictObject({
    kind: z.literal('shift'),
    date: z.iso.date().exactOptional(),
    weekday: weekdaySchema.exactOptional(),
    templateIds: z.array(z.string()).exactOptional(),
    earliestStartMinute: minute.exactOptional(),
    latestStartMinute: minute.exactOptional(),
    weight: z.number().min(0),
  }),
]);
const count = z.number().min(0);

const agentSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).exactOptional(),
  skills: z
    .array(
      z.union([
        z.string().min(1),
        z.strictObject({ skill: z.string().min(1), level: z.number().min(1).max(5).exactOptional() }),
      ]),
    )
    .min(1),
  contract: z
    .strictObject({
      minHoursPerWeek: hours.exactOptional(),
      targetHoursPerWeek: hours,
      maxHoursPerWeek: hours.exactOptional(),
    })
    .exactOptional(),
  costPerHour: z.number().min(0).exactOptional(),
  overtimePremiumPerHour: z.number().min(0).exactOptional(),
  availability: z
    .array(z.strictObject({ weekday: weekdaySchema, startMinute: minute, endMinute: minute }))
    .exactOptional(),
  timeOff: z
    .array(
      z.strictObject({
        ...span,
        reason: z.string().exactOptional(),
        paidMinutes: z.number().min(0).exactOptional(),
      }),
    )
    .exactOptional(),
  preferences: z.array(preferenceSchema).exactOptional(),
  seniority: z.number().exactOptional(),
  templateIds: z.array(z.string()).exactOptional(),
  lockedShifts: z.array(shiftSchema).exactOptional(),
  recentShifts: z.array(shiftSchema).exactOptional(),
  ledger: z
    .strictObject({ weekends: count, lates: count, nights: count, holidays: count, wishesGranted: count })
    .exactOptional(),
});

type AgentEntry = z.infer<typeof agentSchema>;

/**
 * Reads agents from JSON (a list) or CSV: `id[,name],skills[,min_hours,target_hours,max_hours,cost_per_hour,available,
 * templates,time_off,wish_off]`, lists separated by semicolons: skills as `nurse:4;appointments`, availability as
 * `Mon 08:00-16:00;Tue 08:00-16:00`, time off as dates or `2026-05-06 08:00/2026-05-06 12:00`, wishes as dates.
 *
 * @throws CommandError naming the file, the row and the field.
 */
export async function readAgents(file: string, timeZone: string): Promise<readonly SchedulingAgent[]> {
  const data = isJsonFile(file) ? await readJson(file) : agentsFromCsv(file, await readText(file));
  const agents = checked(file, z.array(agentSchema), data);
  return agents.map((agent, i) => agentOf(agent, timeZone, `${file}, agent ${i + 1} (${agent.id})`));
}

function agentOf(entry: AgentEntry, timeZone: string, where: string): SchedulingAgent {
  const { name, skills, contract, costPerHour, timeOff, lockedShifts, recentShifts, ...rest } = entry;
  const target = contract?.targetHoursPerWeek ?? DEFAULT_HOURS;
  const at = (value: number | string, field: string): number =>
    typeof value === 'number' ? value : parseInstant(value, timeZone, `${where}, ${field}`);
  const shifts = (list: readonly z.infer<typeof shiftSchema>[], field: string): readonly Assignment[] =>
    list.map((shift, i) => {
      const [start, end] = [at(shift.start, field), at(shift.end, field)];
      const whole = [{ kind: 'work' as const, start, end, paid: true }];
      const activities = shift.activities?.map(activity => ({
        ...activity,
        start: at(activity.start, field),
        end: at(activity.end, field),
      }));
      const id = shift.id ?? `${entry.id} ${field} ${i + 1}`;
      const templateId = shift.templateId ?? null;
      return { id, agentId: entry.id, start, end, templateId, activities: activities ?? whole };
    });
  return {
    ...rest,
    name: name ?? entry.id,
    skills: skills.map(skill => (typeof skill === 'string' ? { skill } : skill)),
    contract: {
      minHoursPerWeek: contract?.minHoursPerWeek ?? 0,
      targetHoursPerWeek: target,
      maxHoursPerWeek: contract?.maxHoursPerWeek ?? target,
    },
    costPerHour: costPerHour ?? DEFAULT_COST_PER_HOUR,
    ...(timeOff && {
      timeOff: timeOff.map(
        (off): TimeOff => ({
          ...off,
          start: at(off.start, 'timeOff'),
          end: at(typeof off.end === 'string' ? afterDate(off.end) : off.end, 'timeOff'),
        }),
      ),
    }),
    ...(lockedShifts && { lockedShifts: shifts(lockedShifts, 'lockedShifts') }),
    ...(recentShifts && { recentShifts: shifts(recentShifts, 'recentShifts') }),
  };
}

/** An end given as a date alone means the end of that day. */
function afterDate(end: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(end.trim()) ? addDays(end.trim(), 1) : end;
}

const COLUMNS = [
  'id',
  'name',
  'skills',
  'min_hours',
  'target_hours',
  'max_hours',
  'cost_per_hour',
  'available',
  'templates',
  'time_off',
  'wish_off',
];

function agentsFromCsv(file: string, text: string): readonly unknown[] {
  if (text.trim().split('\n').length === 1) return [];
  const rows = csvRows(file, text);
  const unknown = Object.keys(rows[0] ?? {}).find(name => !COLUMNS.includes(name));
  if (unknown !== undefined) {
    throw new CommandError(`${file}: unknown column "${unknown}"; known are ${COLUMNS.join(', ')}`);
  }
  return rows.map((row, i) => agentFromRow(row, `${file}, row ${i + 2}`));
}

function agentFromRow(row: CsvRow, where: string): unknown {
  const number = (name: string, otherwise: number) => {
    const cell = row[name] ?? '';
    const value = cell === '' ? otherwise : Number(cell);
    if (Number.isFinite(value)) return value;
    throw new CommandError(`${where}, ${name}: found "${cell}"; expected a number`);
  };
  const list = (name: string) =>
    (row[name] ?? '')
      .split(';')
      .map(item => item.trim())
      .filter(item => item !== '');
  const skills = list('skills').map(item => parseSkill(item, where));
  if (!row.id) throw new CommandError(`${where}, id: expected a text that no other agent has`);
  if (skills.length === 0) throw new CommandError(`${where}, skills: expected such as nurse:4;appointments`);
  const target = number('target_hours', DEFAULT_HOURS);
  const availability = list('available').map(item => parseWindow(item, where));
  const templateIds = list('templates');
  return {
    id: row.id,
    ...(row.name && { name: row.name }),
    skills,
    contract: {
      minHoursPerWeek: number('min_hours', 0),
      targetHoursPerWeek: target,
      maxHoursPerWeek: number('max_hours', target),
    },
    costPerHour: number('cost_per_hour', DEFAULT_COST_PER_HOUR),
    timeOff: list('time_off').map(item => {
      const [start = '', end = start] = item.split('/');
      return { start, end };
    }),
    preferences: list('wish_off').map(date => ({ kind: 'dayOff', date, weight: WISH_WEIGHT })),
    ...(availability.length > 0 && { availability }),
    ...(templateIds.length > 0 && { templateIds }),
  };
}

function parseSkill(text: string, where: string): { skill: string; level?: number } {
  const [skill = '', level] = text.split(':');
  if (level === undefined) return { skill };
  if (!/^[1-5]$/.test(level)) {
    throw new CommandError(`${where}, skills: found "${text}"; expected a level from 1 to 5 after the colon`);
  }
  return { skill, level: Number(level) };
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
