import { describe, expect, it } from 'vitest';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { verdictOf } from '../../../web/component/missedParts.ts';
import { attainmentRow } from '../attainmentRow.ts';

const goal = {
  serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' as const },
  asaSeconds: 30,
  maxAbandonment: 0.05,
};
const row = (actual: Partial<AttainmentRow['actual']>, goalMet: boolean | null, queuesMeasured = 1) =>
  attainmentRow({ actual, goal, goalMet, queuesMeasured });

describe('the verdict on a goal', () => {
  it('names the part that was missed when the service level alone looks well', () => {
    expect(verdictOf(row({ serviceLevel: 0.84, abandonmentRate: 0.07 }, false))).toBe('missed: abandonment');
    expect(verdictOf(row({ serviceLevel: 0.7, asaSeconds: 45 }, false))).toBe('missed: service level, ASA');
  });

  it('is kept at the limit, counted over queues, and nothing where nothing is known', () => {
    const limit = { serviceLevel: 0.8, asaSeconds: 30, abandonmentRate: 0.05 };
    expect(verdictOf(row(limit, true))).toBe('kept');
    expect(verdictOf(row(limit, false, 4))).toBe('0 of 4');
    expect(verdictOf(row({}, null))).toBeNull();
  });
});
