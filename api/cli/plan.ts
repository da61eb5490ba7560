import {
  coverage,
  type GeneratedSchedule,
  type QueueForecast,
  type ScheduleProblem,
  starterRules,
  starterTeam,
  starterTemplates,
} from '../../forecasting/index.ts';
import { readAgents } from './agentsFile.ts';
import type { CommandInput, CommandSpec, OptionSpec } from './args.ts';
import { forecastFrom, HISTORY_OPTIONS, notesOf, readForecastRequest, weekdayLabel } from './forecast.ts';
import { OUTPUT_OPTIONS, print, printJson, toText } from './output.ts';
import { type PlannedStaffing, planStaffing, STAFFING_OPTIONS, staffingNotes } from './planStaffing.ts';
import { ProgressBar } from './progress.ts';
import { readRules } from './rulesFile.ts';
import { scheduleTable } from './scheduleText.ts';
import { explainRefusal, SEARCH_OPTIONS, searchSchedule } from './search.ts';

const OPTIONS: readonly OptionSpec[] = [
  ...HISTORY_OPTIONS,
  {
    name: 'origin',
    value: 'TIME',
    help: 'the first planned instant; the midnight after the last row unless told',
  },
  { name: 'horizon', value: 'TIME', help: 'how many days to plan', default: '7d' },
  { name: 'levels', value: 'LIST', help: 'bands in per cent', default: '80,95' },
  ...STAFFING_OPTIONS,
  { name: 'agents', value: 'FILE', help: 'CSV or JSON of agents; a team of the size needed unless told' },
  {
    name: 'rules',
    value: 'FILE',
    help: 'JSON with templates, rules and weights; starter shifts and rules unless told',
  },
  ...SEARCH_OPTIONS,
  ...OUTPUT_OPTIONS.slice(0, 1),
];

export const planCommand: CommandSpec = {
  name: 'plan',
  summary: 'history in, a week of forecast, requirement, schedule and coverage out',
  options: OPTIONS,
  examples: [
    'coverline plan --history calls.csv --time-zone America/Chicago --aht 5m --patience 3m --answer-within 30s',
    'coverline plan --history calls.csv --time-zone America/Chicago --agents agents.csv --time-limit 60s --json',
  ],
  run: runPlan,
};

async function runPlan(input: CommandInput): Promise<number> {
  const bar = new ProgressBar('Planning');
  bar.update(0, 'reading the history');
  const request = await readForecastRequest(input);
  bar.update(0.1, 'forecasting');
  const forecast = forecastFrom(request);
  bar.update(0.25, 'staffing');
  const staffing = planStaffing(input, forecast, request.series);
  const problem = await planProblem(input, forecast, staffing);
  const result = await searchSchedule(input, problem, ({ fraction }) =>
    bar.update(0.3 + 0.7 * fraction, 'scheduling'),
  );
  bar.done();
  if (result.kind !== 'schedule') return explainRefusal(result);
  if (input.has('json')) {
    await printJson({ forecast, requirement: staffing, problem, result });
    return 0;
  }
  await print(planText(forecast, staffing, problem, result));
  return 0;
}

async function planProblem(
  input: CommandInput,
  forecast: QueueForecast,
  staffing: PlannedStaffing,
): Promise<ScheduleProblem> {
  const agentsFile = input.text('agents');
  const rulesFile = input.text('rules');
  const given = rulesFile === undefined ? undefined : await readRules(rulesFile);
  const hours = staffing.scheduledHours * (7 / Math.max(1, forecast.days.length));
  return {
    grid: {
      start: forecast.start,
      stepSeconds: forecast.stepSeconds,
      timeZone: forecast.timeZone,
      count: forecast.offered.length,
    },
    queues: [{ id: 'queue', name: 'Queue', required: staffing.required }],
    agents:
      agentsFile === undefined
        ? starterTeam(hours, 'queue')
        : await readAgents(agentsFile, forecast.timeZone),
    templates: given?.templates ?? starterTemplates(forecast.openingHours),
    rules: given?.rules ?? starterRules(),
    ...(given?.weights && { weights: given.weights }),
    ...(given?.holidays && { holidays: given.holidays }),
  };
}

function planText(
  forecast: QueueForecast,
  staffing: PlannedStaffing,
  problem: ScheduleProblem,
  result: GeneratedSchedule,
): string {
  const cover = coverage(problem, result.schedule);
  const [queue] = cover.queues;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const hoursOf = (values: readonly (number | null)[], first: number, count: number) =>
    values.slice(first, first + count).reduce<number>((sum, value) => sum + (value ?? 0), 0) *
    (forecast.stepSeconds / 3600);
  const rows = forecast.days.map(day => {
    const { firstIndex, count } = day;
    const difference = queue?.difference.slice(firstIndex, firstIndex + count) ?? [];
    const hours = forecast.stepSeconds / 3600;
    const [band] = day.bands;
    return [
      weekdayLabel(day.date),
      Math.round(day.offered),
      band ? `${Math.round(band.lower)}–${Math.round(band.upper)}` : '',
      Math.max(0, ...staffing.required.slice(firstIndex, firstIndex + count).map(value => value ?? 0)),
      hoursOf(staffing.required, firstIndex, count),
      hoursOf(queue?.scheduled ?? [], firstIndex, count),
      difference.reduce<number>((sum, value) => sum + Math.max(0, -(value ?? 0)), 0) * hours,
      difference.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0) * hours,
    ];
  });
  const table = toText({
    columns: [
      { name: 'day', heading: 'Day' },
      { name: 'offered', heading: 'Offered', digits: 0 },
      { name: 'band', heading: '80 % band' },
      { name: 'peak', heading: 'Peak agents', digits: 0 },
      { name: 'required', heading: 'Required h', digits: 1 },
      { name: 'scheduled', heading: 'Scheduled h', digits: 1 },
      { name: 'under', heading: 'Under h', digits: 1 },
      { name: 'over', heading: 'Over h', digits: 1 },
    ],
    rows,
  });
  return [
    `Plan in ${forecast.timeZone}, ${forecast.stepSeconds / 60}-minute intervals`,
    '',
    table,
    staffingNotes(staffing),
    notesOf(forecast),
    `Schedule: ${result.schedule.assignments.length} shifts for ${problem.agents.length} agents, under-staffed ${percent(cover.underShare)} and over-staffed ${percent(cover.overShare)} of the ${cover.requiredHours.toFixed(0)} agent-hours required.`,
    ...result.warnings.map(fault => `Note: ${fault.message}.`),
    '',
    scheduleTable(problem, result.schedule),
    ...result.uncovered.slice(0, 5).map(stretch => `Uncovered: ${stretch.sentence}`),
    '',
  ].join('\n');
}
