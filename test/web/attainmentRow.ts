import type { AttainmentRow } from '../../api/contract/review.ts';

const UNKNOWN = {
  offered: null,
  handled: null,
  abandoned: null,
  ahtSeconds: null,
  serviceLevel: null,
  asaSeconds: null,
  abandonmentRate: null,
  occupancy: null,
};

/** A row of a queue of which nothing is known but what is given. */
export function attainmentRow({
  actual,
  ...known
}: Partial<Omit<AttainmentRow, 'actual'>> & {
  readonly actual?: Partial<AttainmentRow['actual']>;
}): AttainmentRow {
  return {
    queueId: 'q',
    siteId: 's',
    period: 'all',
    start: 0,
    from: '2026-05-04',
    to: '2026-05-10',
    plan: UNKNOWN,
    actual: { ...UNKNOWN, ...actual },
    goal: null,
    goalMet: null,
    queuesInGoal: 0,
    queuesMeasured: 0,
    intervalsInGoal: 0,
    intervalsMeasured: 0,
    daysInGoal: 0,
    daysMeasured: 0,
    forecastWape: null,
    forecastBias: null,
    worstHours: [],
    ...known,
  };
}
