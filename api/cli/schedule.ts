import {
  ALWAYS_OPEN,
  coverage,
  type GenerateResult,
  type IntervalGrid,
  isTimeZone,
  type QueueRequirement,
  ruleSentence,
  type ScheduleProblem,
  starterTemplates,
} from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { readCsv } from './csvFile.ts';
import { parseInstant } from './historyFile.ts';
import { localTimeFormatter } from './localTime.ts';
import { OUTPUT_OPTIONS, print, printJson, toCsv } from './output.ts';
import { ProgressBar } from './progress.ts';
import { readAgents, readRules } from './scheduleFiles.ts';
import { scheduleTable } from './scheduleText.ts';
import { explainRefusal, SEARCH_OPTIONS, searchSchedule } from './search.ts';

export const scheduleCommand: CommandSpec = {
  name: 'schedule',
  summary: 'shifts and breaks for a requirement, under work rules',
  options: [
    { name: 'requirement', value: 'FILE', help: 'CSV: interval_start[,queue],required', required: true },
    { name: 'agents', value: 'FILE', help: 'CSV or JSON of agents', required: true },
    { name: 'rules', value: 'FILE', help: 'JSON: { templates?, rules, weights? }', required: true },
    { name: 'time-zone', value: 'ZONE', help: 'zone of the local times', default: 'UTC' },
    { name: 'weeks', value: 'N', help: 'weeks of the requirement to schedule', default: '1' },
    ...SEARCH_OPTIONS,
    ...OUTPUT_OPTIONS,
  ],
  examples: [
    'coverline schedule --requirement need.csv --agents agents.csv --rules rules.json --weeks 1 --time-limit 60s --seed 1 --json',
  ],
  run: runSchedule,
};

async function runSchedule(input: CommandInput): Promise<number> {
  const timeZone = input.required('time-zone');
  if (!isTimeZone(timeZone)) {
    throw new CommandError(
      `--time-zone must be an IANA zone such as America/Chicago; found "${timeZone}"`,
      2,
    );
  }
  const weeks = input.number('weeks', { min: 1, max: 8 }) ?? 1;
  const rules = await readRules(input.required('rules'));
  const need = await readRequirement(input.required('requirement'), timeZone, weeks);
  const problem: ScheduleProblem = {
    ...need,
    agents: await readAgents(input.required('agents')),
    templates: rules.templates ?? starterTemplates(ALWAYS_OPEN),
    rules: rules.rules,
    ...(rules.weights && { weights: rules.weights }),
  };
  const bar = new ProgressBar('Scheduling');
  const result = await searchSchedule(input, problem, ({ fraction, score }) =>
    bar.update(fraction, `cost ${score.toFixed(0)}`),
  );
  bar.done();
  if (input.has('json')) {
    await printJson(
      result.kind === 'schedule' ? { ...result, coverage: coverage(problem, result.schedule) } : result,
    );
    return result.kind === 'schedule' ? 0 : 1;
  }
  if (result.kind !== 'schedule') return explainRefusal(result);
  if (input.has('csv')) await print(shiftCsv(problem, result.schedule.assignments));
  else await print(scheduleText(problem, result));
  return 0;
}

function scheduleText(
  problem: ScheduleProblem,
  result: Extract<GenerateResult, { readonly kind: 'schedule' }>,
): string {
  const cover = coverage(problem, result.schedule);
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const proven = result.bound === null ? '' : `, proven within ${percent(result.gap ?? 0)} of the optimum`;
  return [
    scheduleTable(problem, result.schedule),
    `${result.schedule.assignments.length} shifts, cost ${result.score.total.toFixed(0)}${proven}; under-staffed ${percent(cover.underShare)}, over-staffed ${percent(cover.overShare)} of ${cover.requiredHours.toFixed(0)} required agent-hours.`,
    ...result.evaluation.findings.slice(0, 10).map(finding => `Rule: ${finding.sentence}`),
    ...result.uncovered.slice(0, 10).map(stretch => `Uncovered: ${stretch.sentence}`),
    ...result.warnings.map(fault => `Note: ${fault.path}: ${fault.message}.`),
    '',
    'Rules in force:',
    ...problem.rules.rules.map(rule => `  ${ruleSentence(rule)}`),
    '',
  ].join('\n');
}

function shiftCsv(
  problem: ScheduleProblem,
  assignments: readonly {
    agentId: string;
    start: number;
    end: number;
    activities: readonly { kind: string; start: number; end: number; paid: boolean }[];
  }[],
): string {
  const format = localTimeFormatter(problem.grid.timeZone);
  return toCsv({
    columns: ['agent', 'activity', 'start', 'end', 'paid'].map(name => ({ name, heading: name })),
    rows: assignments.flatMap(shift =>
      shift.activities.map(activity => [
        shift.agentId,
        activity.kind,
        format(activity.start),
        format(activity.end),
        activity.paid ? 'yes' : 'no',
      ]),
    ),
  });
}

/** Grid and requirement per queue from a file; intervals without a row are closed. */
async function readRequirement(
  file: string,
  timeZone: string,
  weeks: number,
): Promise<{ readonly grid: IntervalGrid; readonly queues: readonly QueueRequirement[] }> {
  const rows = await requirementRows(file, timeZone);
  const starts = [...new Set(rows.map(row => row.at))].sort((a, b) => a - b);
  const start = starts[0] ?? 0;
  const stepSeconds = starts.reduce((least, at, i) => {
    const gap = at - (starts[i - 1] ?? Number.NEGATIVE_INFINITY);
    return gap > 0 && gap < least ? gap : least;
  }, 3600);
  const last = Math.min(starts.at(-1) ?? start, start + weeks * 7 * 86_400 - stepSeconds);
  const count = Math.floor((last - start) / stepSeconds) + 1;
  const byQueue = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const index = (row.at - start) / stepSeconds;
    if (index >= count) continue;
    const column = byQueue.get(row.queue) ?? new Array<number | null>(count).fill(null);
    column[index] = row.required;
    byQueue.set(row.queue, column);
  }
  const grid = { start, stepSeconds, timeZone, count };
  return { grid, queues: [...byQueue].map(([id, required]) => ({ id, name: id, required })) };
}

async function requirementRows(
  file: string,
  timeZone: string,
): Promise<readonly { at: number; queue: string; required: number | null }[]> {
  const rows = await readCsv(file);
  return rows.map((row, i) => {
    const where = `${file}, row ${i + 2}`;
    const cell = row.required ?? row.agents ?? '';
    const required = cell === '' ? null : Number(cell);
    if (required !== null && !(required >= 0 && Number.isFinite(required))) {
      throw new CommandError(
        `${where}, required: found "${cell}"; expected a number of agents, or nothing where closed`,
      );
    }
    return {
      at: parseInstant(row.interval_start ?? '', timeZone, `${where}, interval_start`),
      queue: row.queue ?? 'queue',
      required,
    };
  });
}
