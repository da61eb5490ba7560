import {
  ASSUMED_PATIENCE_SECONDS,
  type Goals,
  grossUp,
  type IntervalSeries,
  type Load,
  type QueueForecast,
  requiredSeries,
} from '../../forecasting/index.ts';
import type { CommandInput, OptionSpec } from './args.ts';
import { GOAL_OPTIONS, goalsFrom, inputReaders } from './staffCase.ts';

/** Requirement of a planned week, before and after shrinkage, with the assumptions it rests on. */
export interface PlannedStaffing {
  /** Agents to schedule per interval (after shrinkage); `null` where closed. */
  readonly required: readonly (number | null)[];
  /** Agents on the contacts per interval, before shrinkage. */
  readonly agents: readonly (number | null)[];
  readonly goals: Goals;
  readonly shrinkage: number;
  readonly patienceSeconds: number | null;
  /** Handle time used where the history has none; `null` when it was not needed. */
  readonly assumedAhtSeconds: number | null;
  readonly requiredHours: number;
  readonly scheduledHours: number;
}

export const STAFFING_OPTIONS: readonly OptionSpec[] = [
  { name: 'aht', value: 'TIME', help: 'handle time where the history has none; 5m unless told' },
  { name: 'patience', value: 'TIME', help: 'mean time callers are ready to wait; 2m unless told' },
  ...GOAL_OPTIONS,
  { name: 'answer-within', value: 'TIME', help: 'time of the service level; 30s unless told' },
  { name: 'min-agents', value: 'N', help: 'minimum cover while open' },
  {
    name: 'shrinkage',
    value: 'SHARE',
    help: 'share of paid time away beside the breaks of a shift, e.g. 20%',
  },
];

const ASSUMED_AHT_SECONDS = 300;

/** Agents needed in every open interval of a forecast, for the goals given as options. */
export function planStaffing(
  input: CommandInput,
  forecast: QueueForecast,
  series: IntervalSeries,
): PlannedStaffing {
  const read = (name: string) => input.text(name) ?? (name === 'answer-within' ? '30s' : undefined);
  const readers = inputReaders(read, '');
  const goals = goalsFrom(read, readers);
  const shrinkage = readers.share('shrinkage') ?? 0;
  const patienceSeconds = readers.time('patience') ?? ASSUMED_PATIENCE_SECONDS;
  const hasAht = series.ahtSeconds.some(value => value !== null);
  const assumedAht = hasAht ? null : (readers.time('aht') ?? ASSUMED_AHT_SECONDS);
  const loads = forecast.offered.map((calls, i): Load | null =>
    forecast.open[i] === 1
      ? {
          calls,
          intervalSeconds: forecast.stepSeconds,
          ahtSeconds: forecast.ahtSeconds[i] ?? assumedAht ?? ASSUMED_AHT_SECONDS,
          patience: { kind: 'exponential', meanSeconds: patienceSeconds },
        }
      : null,
  );
  const agents = requiredSeries(loads, goals);
  const required = agents.map(value => (value === null ? null : grossUp(value, shrinkage)));
  const hours = (values: readonly (number | null)[]) =>
    (values.reduce<number>((sum, value) => sum + (value ?? 0), 0) * forecast.stepSeconds) / 3600;
  return {
    required,
    agents,
    goals,
    shrinkage,
    patienceSeconds,
    assumedAhtSeconds: assumedAht,
    requiredHours: hours(agents),
    scheduledHours: hours(required),
  };
}

/** The requirement in sentences, its assumptions named as such. */
export function staffingNotes(staffing: PlannedStaffing): string {
  const { goals } = staffing;
  const wanted = [
    goals.serviceLevel &&
      `${(goals.serviceLevel.target * 100).toFixed(0)} % answered within ${goals.serviceLevel.answerWithinSeconds} s (of ${goals.serviceLevel.definition})`,
    goals.asaSeconds !== undefined && `ASA of at most ${goals.asaSeconds} s`,
    goals.maxAbandonment !== undefined &&
      `abandonment of at most ${(goals.maxAbandonment * 100).toFixed(1)} %`,
    goals.maxOccupancy !== undefined && `occupancy of at most ${(goals.maxOccupancy * 100).toFixed(0)} %`,
  ].filter(text => typeof text === 'string');
  const lines = [
    `Requirement by Erlang A on the load carried from interval to interval, for ${wanted.join(', ')}; callers wait ${staffing.patienceSeconds} s on average before they give up.`,
    `${staffing.requiredHours.toFixed(0)} agent-hours on the contacts${staffing.shrinkage > 0 ? `, ${staffing.scheduledHours.toFixed(0)} with ${(staffing.shrinkage * 100).toFixed(0)} % shrinkage` : ''}.`,
  ];
  if (staffing.assumedAhtSeconds !== null) {
    lines.push(
      `Assumption: handle time of ${staffing.assumedAhtSeconds} s, because the history has none (--aht changes it).`,
    );
  }
  return `${lines.join('\n')}\n`;
}
