import { describe, expect, it } from 'vitest';
import { ACCESS_STANDARDS, type StandardMeasures } from '../../../forecasting/index.ts';

const MEASURED: StandardMeasures = {
  asaSeconds: 30,
  abandonment: 0.05,
  serviceLevel: 0.8,
  answerWithinSeconds: 30,
};
const kinds = (change: Partial<StandardMeasures>) =>
  Object.fromEntries(
    ACCESS_STANDARDS.map(standard => [standard.id, standard.judge({ ...MEASURED, ...change }).kind]),
  );

describe('standards of health call centres', () => {
  it('are kept at their very limit and missed beyond it', () => {
    expect(kinds({})).toEqual({
      asa30: 'kept',
      abandonment5: 'kept',
      answered80in30: 'kept',
      wait120: 'kept',
    });
    expect(kinds({ asaSeconds: 30.1, abandonment: 0.0501, serviceLevel: 0.7999 })).toEqual({
      asa30: 'missed',
      abandonment5: 'missed',
      answered80in30: 'missed',
      wait120: 'kept',
    });
    expect(kinds({ asaSeconds: 121 })).toMatchObject({ wait120: 'missed' });
  });

  it('say that they do not know rather than guess from another threshold', () => {
    expect(kinds({ answerWithinSeconds: 120 }).answered80in30).toBe('unknown');
    expect(kinds({ answerWithinSeconds: 120, serviceLevel: 0.7 }).answered80in30).toBe('missed');
    expect(kinds({ answerWithinSeconds: 20 }).answered80in30).toBe('kept');
    expect(kinds({ answerWithinSeconds: 20, serviceLevel: 0.7 }).answered80in30).toBe('unknown');
    expect(kinds({ asaSeconds: null, abandonment: null, serviceLevel: null })).toEqual({
      asa30: 'unknown',
      abandonment5: 'unknown',
      answered80in30: 'unknown',
      wait120: 'unknown',
    });
  });
});
