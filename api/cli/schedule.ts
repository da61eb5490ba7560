import {
  ALWAYS_OPEN,
  type Assignment,
  coverage,
  type GenerateResult,
  isTimeZone,
  ruleSentence,
  type Schedule,
  type ScheduleProblem,
  starterTemplates,
} from '../../forecasting/index.ts';
import { readAgents } from './agentsFile.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { localTimeFormatter } from './localTime.ts';
import { OUTPUT_OPTIONS, print, printJson, toCsv } from './output.ts';
import { ProgressBar } from './progress.ts';
import { readRequirement } from './requirementFile.ts';
import { readRules } from './rulesFile.ts';
import { scheduleTable } from './scheduleText.ts';
import { explainRefusal, SEARCH_OPTIONS, searchSchedule } from './search.ts';

export const scheduleCommand: CommandSpec = {
  name: 'schedule',
  summary: 'shifts and breaks for a requirement, under work rules',
  options: [
    {
      name: 'requirement',
      value: 'FILE',
      help: 'CSV or JSON: interval_start[,queue],required',
      required: true,
    },
    { name: 'agents', value: 'FILE', help: 'CSV or JSON of agents', required: true },
    {
      name: 'rules',
      value: 'FILE',
      help: 'JSON: { templates?, rules, weights?, holidays? }',
      required: true,
    },
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
  if (!Number.isInteger(weeks)) throw new CommandError(`--weeks must be whole; found "${weeks}"`, 2);
  const rules = await readRules(input.required('rules'));
  const { notes, ...need } = await readRequirement(input.required('requirement'), timeZone, weeks);
  const problem: ScheduleProblem = {
    ...need,
    agents: await readAgents(input.required('agents'), timeZone),
    templates: rules.templates ?? starterTemplates(ALWAYS_OPEN),
    rules: rules.rules,
    ...(rules.weights && { weights: rules.weights }),
    ...(rules.holidays && { holidays: rules.holidays }),
  };
  const bar = new ProgressBar('Scheduling');
  const result = await searchSchedule(input, problem, ({ fraction, score }) =>
    bar.update(fraction, `cost ${score.toFixed(0)}`),
  );
  bar.done();
  if (input.has('json')) await printJson(forPrograms(problem, result, notes));
  else if (result.kind === 'invalid') explainRefusal(result);
  else {
    if (result.kind === 'infeasible') explainRefusal(result);
    if (input.has('csv')) await print(shiftCsv(problem, scheduleOf(result).assignments));
    else await print(scheduleText(problem, result, notes));
  }
  return result.kind === 'schedule' ? 0 : 1;
}

type Answer = Exclude<GenerateResult, { readonly kind: 'invalid' }>;

/** The schedule, or the best that contradictory rules allow. */
function scheduleOf(result: Answer): Schedule {
  return result.kind === 'schedule' ? result.schedule : result.best;
}

function forPrograms(problem: ScheduleProblem, result: GenerateResult, notes: readonly string[]): unknown {
  if (result.kind === 'invalid') return { ...result, notes };
  return { ...result, grid: problem.grid, coverage: coverage(problem, scheduleOf(result)), notes };
}

const MOST_FINDINGS = 10;

function scheduleText(problem: ScheduleProblem, result: Answer, notes: readonly string[]): string {
  const schedule = scheduleOf(result);
  const cover = coverage(problem, schedule);
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const proven =
    result.kind === 'schedule' && result.gap !== null
      ? `, proven within ${percent(result.gap)} of the optimum`
      : '';
  const { findings, score } = result.evaluation;
  const uncovered = result.kind === 'schedule' ? result.uncovered : [];
  const some = (label: string, sentences: readonly string[]): readonly string[] => [
    ...sentences.slice(0, MOST_FINDINGS).map(sentence => `${label}: ${sentence}`),
    ...(sentences.length > MOST_FINDINGS
      ? [`${label}: and ${sentences.length - MOST_FINDINGS} more (--json lists all)`]
      : []),
  ];
  const shifts = schedule.assignments.length;
  return [
    ...(result.kind === 'infeasible' ? ['The best found in spite of that:', ''] : []),
    scheduleTable(problem, schedule),
    `${shifts} ${shifts === 1 ? 'shift' : 'shifts'}, cost ${score.total.toFixed(0)}${proven}; under-staffed ${percent(cover.underShare)}, over-staffed ${percent(cover.overShare)} of ${cover.requiredHours.toFixed(0)} required agent-hours.`,
    ...some(
      'Broken',
      findings.filter(finding => finding.hard).map(finding => finding.sentence),
    ),
    ...some(
      'Against a soft rule',
      findings.filter(finding => !finding.hard).map(finding => finding.sentence),
    ),
    ...some(
      'Uncovered',
      uncovered.map(stretch => stretch.sentence),
    ),
    ...result.warnings.map(fault => `Note: ${fault.path}: ${fault.message}.`),
    ...notes.map(note => `Note: ${note}.`),
    '',
    'Rules in force:',
    ...problem.rules.rules.map(rule => `  ${ruleSentence(rule)}`),
    '',
  ].join('\n');
}

function shiftCsv(problem: ScheduleProblem, assignments: readonly Assignment[]): string {
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
