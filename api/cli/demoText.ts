import { toText } from './output.ts';

/** A queue's week as planned. */
export interface DemoQueue {
  readonly queue: string;
  readonly forecastContacts: number;
  readonly peakAgents: number;
  readonly requiredHours: number;
  readonly underHours: number;
  /** Call-weighted over the week, from the scheduled agents. */
  readonly predictedServiceLevel: number | null;
}

/** A queue's day as it went. */
export interface DemoReview {
  readonly queue: string;
  readonly forecast: number | null;
  readonly offered: number | null;
  readonly serviceLevel: number | null;
  readonly goalMet: boolean | null;
}

/** What the demo made, one field per step. */
export interface DemoResult {
  readonly site: string;
  readonly week: string;
  readonly queues: readonly DemoQueue[];
  readonly shifts: number;
  readonly agents: number;
  readonly publishedVersion: number;
  readonly reviewedDay: string;
  readonly review: readonly DemoReview[];
}

/** The demo's result for people. */
export function demoText(result: DemoResult): string {
  const plan = toText({
    columns: [
      { name: 'queue', heading: 'Queue' },
      { name: 'contacts', heading: 'Forecast', digits: 0 },
      { name: 'peak', heading: 'Peak agents', digits: 0 },
      { name: 'required', heading: 'Required h', digits: 1 },
      { name: 'under', heading: 'Under h', digits: 1 },
      { name: 'level', heading: 'Predicted SL', percent: true },
    ],
    rows: result.queues.map(queue => [
      queue.queue,
      queue.forecastContacts,
      queue.peakAgents,
      queue.requiredHours,
      queue.underHours,
      queue.predictedServiceLevel,
    ]),
  });
  const review = toText({
    columns: [
      { name: 'queue', heading: 'Queue' },
      { name: 'forecast', heading: 'Forecast', digits: 0 },
      { name: 'offered', heading: 'Actual', digits: 0 },
      { name: 'level', heading: 'SL', percent: true },
      { name: 'met', heading: 'Goal met' },
    ],
    rows: result.review.map(row => [
      row.queue,
      row.forecast,
      row.offered,
      row.serviceLevel,
      row.goalMet === null ? null : row.goalMet ? 'yes' : 'no',
    ]),
  });
  return [
    `${result.site}: the week of ${result.week}`,
    '',
    plan,
    `${result.shifts} shifts for ${result.agents} agents, published as version ${result.publishedVersion}.`,
    '',
    `A made-up ${result.reviewedDay}, reviewed`,
    '',
    review,
  ].join('\n');
}
