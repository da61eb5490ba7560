/** Measures of a month that outside standards look at; `null` = not known. */
export interface StandardMeasures {
  readonly asaSeconds: number | null;
  readonly abandonment: number | null;
  readonly serviceLevel: number | null;
  /** The seconds within which the service level counts an answer. */
  readonly answerWithinSeconds: number | null;
}

export interface StandardVerdict {
  readonly kind: 'kept' | 'missed' | 'unknown';
  /** What was measured: seconds or a share, as the standard's limit. */
  readonly value: number | null;
}

/** One requirement that accreditations and payers put to health call centres. */
export interface AccessStandard {
  readonly id: 'asa30' | 'abandonment5' | 'answered80in30' | 'wait120';
  readonly unit: 'seconds' | 'share';
  readonly limit: number;
  readonly judge: (measures: StandardMeasures) => StandardVerdict;
}

function atMost(limit: number, value: number | null): StandardVerdict {
  return { kind: value === null ? 'unknown' : value <= limit ? 'kept' : 'missed', value };
}

/**
 * Requirements of the accreditation kind. Health call-centre accreditation: ASA ≤ 30 s and abandonment ≤ 5 %; scheduling
 * and pharmacy lines: 80 % in 30 s; health plan lines: mean wait before an answer ≤ 2 min.
 */
export const ACCESS_STANDARDS: readonly AccessStandard[] = [
  { id: 'asa30', unit: 'seconds', limit: 30, judge: measures => atMost(30, measures.asaSeconds) },
  { id: 'abandonment5', unit: 'share', limit: 0.05, judge: measures => atMost(0.05, measures.abandonment) },
  { id: 'answered80in30', unit: 'share', limit: 0.8, judge: answeredInThirty },
  { id: 'wait120', unit: 'seconds', limit: 120, judge: measures => atMost(120, measures.asaSeconds) },
];

/** A queue that counts answers within fewer seconds keeps it all the more; one that counts within more cannot tell. */
function answeredInThirty({ serviceLevel, answerWithinSeconds }: StandardMeasures): StandardVerdict {
  if (serviceLevel === null || answerWithinSeconds === null) return { kind: 'unknown', value: null };
  if (answerWithinSeconds === 30)
    return { kind: serviceLevel >= 0.8 ? 'kept' : 'missed', value: serviceLevel };
  if (answerWithinSeconds < 30 && serviceLevel >= 0.8) return { kind: 'kept', value: serviceLevel };
  if (answerWithinSeconds > 30 && serviceLevel < 0.8) return { kind: 'missed', value: serviceLevel };
  return { kind: 'unknown', value: null };
}
