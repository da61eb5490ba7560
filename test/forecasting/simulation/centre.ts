import type { CentreAgent, CentreQueue, QueueSkill } from '../../../forecasting/index.ts';

/** Seconds of an interval. */
export const STEP = 1_800;
/** A duty without end. */
export const always = [{ startSeconds: 0, endSeconds: Infinity }];
/** Agents alike, always on duty. */
export const crew = (count: number, ...skills: QueueSkill[]): CentreAgent[] =>
  Array.from({ length: count }, () => ({ skills, duty: always }));
/** Calls at a steady rate. */
export const queue = (
  id: string,
  perInterval: number,
  more: Partial<CentreQueue> = {},
  intervals = 104,
): CentreQueue => ({
  id,
  calls: new Array<number>(intervals).fill(perInterval),
  ahtSeconds: 300,
  answerWithinSeconds: 20,
  ...more,
});
