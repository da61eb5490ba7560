import {
  grossUp,
  type QueueMetrics,
  type Requirement,
  requiredAgents,
  SERVICE_LEVEL_DEFINITIONS,
  UnreachableGoalError,
} from '../../forecasting/index.ts';
import { CommandError, type CommandInput, type CommandSpec, type OptionSpec } from './args.ts';
import { type Cell, OUTPUT_OPTIONS, print, printTable, type TableColumn, wantsText } from './output.ts';
import { caseFrom, casesFromFile, GOAL_OPTIONS, type StaffCase } from './staffCase.ts';

type Outcome =
  | { readonly kind: 'met'; readonly requirement: Requirement; readonly scheduledAgents: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

const FLAGS: readonly OptionSpec[] = [
  { name: 'calls', value: 'N', help: 'calls offered in the interval' },
  { name: 'interval', value: 'TIME', help: 'length of the interval, e.g. 30m', default: '30m' },
  { name: 'aht', value: 'TIME', help: 'average handle time, e.g. 240s or 4m' },
  {
    name: 'patience',
    value: 'TIME',
    help: 'mean time callers are ready to wait; without it, for ever (Erlang C)',
  },
  ...GOAL_OPTIONS,
  { name: 'answer-within', value: 'TIME', help: 'time of the service level; 20s unless told' },
  { name: 'definition', value: 'NAME', help: `how it counts: ${SERVICE_LEVEL_DEFINITIONS.join(', ')}` },
  { name: 'short-abandon', value: 'TIME', help: 'abandons before this are left out by excludeShortAbandons' },
  { name: 'min-agents', value: 'N', help: 'minimum cover' },
  { name: 'rate-cv', value: 'SHARE', help: 'uncertainty of the volume (coefficient of variation), e.g. 10%' },
  { name: 'shrinkage', value: 'SHARE', help: 'share of paid time away from the contacts, e.g. 30%' },
];

export const staffCommand: CommandSpec = {
  name: 'staff',
  summary: 'agents needed for the goals, with what they achieve',
  options: [
    {
      name: 'input',
      value: 'FILE',
      help: 'CSV of cases, columns named as the options with _ for -; times in seconds',
    },
    ...FLAGS,
    ...OUTPUT_OPTIONS,
  ],
  examples: [
    'coverline staff --calls 100 --interval 30m --aht 3m --service-level 80% --answer-within 20s --shrinkage 30%',
    'coverline staff --calls 250 --aht 5m --patience 2m --answer-within 30s --max-abandonment 5%',
    'coverline staff --input cases.csv --json',
  ],
  run: runStaff,
};

async function runStaff(input: CommandInput): Promise<number> {
  const file = input.text('input');
  const cases =
    file === undefined ? [caseFrom(name => input.text(name), '', null)] : await casesFromFile(file);
  const outcomes = cases.map(solve);
  const rows = cases.map((one, i) => rowOf(one, outcomes[i]));
  const json = cases.map((one, i) => jsonOf(one, outcomes[i]));
  const labelled = cases.some(one => one.label !== null);
  const shown = labelled ? COLUMNS : COLUMNS.slice(1);
  const shownRows = labelled ? rows : rows.map(row => row.slice(1));
  await printTable(input, '', { columns: shown, rows: shownRows }, json);
  if (wantsText(input)) for (const outcome of outcomes) await explain(outcome, outcomes.length === 1);
  return outcomes.some(outcome => outcome.kind === 'unreachable') ? 1 : 0;
}

function solve(one: StaffCase): Outcome {
  try {
    const requirement = requiredAgents(one.load, one.goals);
    return { kind: 'met', requirement, scheduledAgents: grossUp(requirement.agents, one.shrinkage) };
  } catch (error) {
    if (error instanceof UnreachableGoalError) return { kind: 'unreachable', reason: error.message };
    if (error instanceof RangeError) throw new CommandError(`${one.where}${optionNames(error.message)}`);
    throw error;
  }
}

/** Fields as the options name them: `load.ahtSeconds` is `aht`, `goals.serviceLevel.target` is `service-level`. */
function optionNames(message: string): string {
  return message
    .replace(/\bserviceLevel\.(target|answerWithinSeconds)\b/g, (_, field) =>
      field === 'target' ? 'serviceLevel' : 'answerWithin',
    )
    .replace(/\b(?:load|goals)\.(\w+)/g, (_, field: string) =>
      field.replace(/Seconds$/, '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    );
}

const COLUMNS: readonly TableColumn[] = [
  { name: 'label', heading: 'Case' },
  { name: 'calls', heading: 'Calls' },
  { name: 'offered_load_erlangs', heading: 'Erlangs', digits: 2 },
  { name: 'agents', heading: 'Agents' },
  { name: 'scheduled_agents', heading: 'With shrinkage' },
  { name: 'binding', heading: 'Binding goal' },
  { name: 'service_level', heading: 'SL', percent: true },
  { name: 'asa_seconds', heading: 'ASA s', digits: 1 },
  { name: 'abandonment', heading: 'Abandoned', percent: true },
  { name: 'occupancy', heading: 'Occupancy', percent: true },
  { name: 'wait_probability', heading: 'P(wait)', percent: true },
];

function levelOf(one: StaffCase, metrics: QueueMetrics): number {
  return metrics.serviceLevel[one.goals.serviceLevel?.definition ?? 'offered'];
}

function rowOf(one: StaffCase, outcome: Outcome | undefined): readonly Cell[] {
  const { calls, ahtSeconds, intervalSeconds } = one.load;
  if (outcome?.kind !== 'met') {
    const load = (calls * ahtSeconds) / intervalSeconds;
    return [one.label, calls, load, null, null, 'unreachable', null, null, null, null, null];
  }
  const { requirement, scheduledAgents } = outcome;
  const { at } = requirement;
  return [
    one.label,
    calls,
    at.offeredLoadErlangs,
    requirement.agents,
    scheduledAgents,
    requirement.binding,
    levelOf(one, at),
    at.asaSeconds,
    at.abandonProbability,
    at.occupancy,
    at.waitProbability,
  ];
}

function jsonOf(one: StaffCase, outcome: Outcome | undefined): unknown {
  const head = { ...(one.label !== null && { label: one.label }), load: one.load, goals: one.goals };
  if (outcome?.kind !== 'met') return { ...head, agents: null, unreachable: outcome?.reason ?? '' };
  const { requirement, scheduledAgents } = outcome;
  return {
    ...head,
    agents: requirement.agents,
    scheduledAgents,
    shrinkage: one.shrinkage,
    binding: requirement.binding,
    at: metricsJson(requirement.at),
    below: requirement.below && metricsJson(requirement.below),
  };
}

/** Metrics as plain data; an endless wait is `null` in JSON. */
function metricsJson(metrics: QueueMetrics): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => typeof value !== 'function'));
}

async function explain(outcome: Outcome, alone: boolean): Promise<void> {
  if (outcome.kind === 'unreachable') await print(`\nNo number of agents is enough: ${outcome.reason}.\n`);
  else if (alone && outcome.requirement.below) {
    const { agents, missedBelow, below } = outcome.requirement;
    const missed = missedBelow.length > 0 ? `misses ${missedBelow.join(' and ')}` : 'meets every goal too';
    await print(
      `\nOne agent fewer (${agents - 1}) ${missed}: service level ${percent(below.serviceLevel.offered)} of offered, ` +
        `ASA ${below.asaSeconds === Infinity ? '∞' : `${below.asaSeconds.toFixed(1)} s`}, ` +
        `abandonment ${percent(below.abandonProbability)}.\n`,
    );
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
