import { assertProbability, StaffingError } from './errors.ts';
import type { EmpiricalPatience, PatienceLaw } from './patience.ts';

/** @throws StaffingError naming the entry: times must rise, survival must not */
export function empiricalLaw(patience: EmpiricalPatience, field: string): PatienceLaw {
  const { seconds, survival } = patience;
  if (seconds.length === 0 || seconds.length !== survival.length) {
    throw new StaffingError(`${field}.survival`, 'must have one entry for each of seconds, at least one');
  }
  seconds.forEach((at, i) => {
    const before = i === 0 ? -1 : (seconds[i - 1] ?? 0);
    if (!(at > before && at >= 0 && at < Infinity)) {
      throw new StaffingError(
        `${field}.seconds[${i}]`,
        'must be finite, at least 0 and above the one before',
      );
    }
  });
  survival.forEach((share, i) => {
    assertProbability(`${field}.survival[${i}]`, share);
    if (share > (i === 0 ? 1 : (survival[i - 1] ?? 1))) {
      throw new StaffingError(`${field}.survival[${i}]`, 'must not rise');
    }
  });
  return curveLaw(seconds, survival, patience.interpolation === 'linear');
}

function curveLaw(seconds: readonly number[], survival: readonly number[], linear: boolean): PatienceLaw {
  const startsAtZero = seconds[0] === 0;
  const at = Float64Array.from(startsAtZero ? seconds : [0, ...seconds]);
  const share = Float64Array.from(startsAtZero ? survival : [1, ...survival]);
  const last = at.length - 1;
  const area = new Float64Array(at.length);
  for (let i = 1; i <= last; i++) {
    const height = linear ? 0.5 * (share[i - 1]! + share[i]!) : share[i - 1]!;
    area[i] = area[i - 1]! + height * (at[i]! - at[i - 1]!);
  }
  const segment = (x: number): number => {
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at[middle]! <= x) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const slope = (i: number): number =>
    linear && i < last ? (share[i + 1]! - share[i]!) / (at[i + 1]! - at[i]!) : 0;
  const stays = share[last]!;
  const survivalAt = (x: number): number => {
    const i = segment(x);
    return i === last ? stays : share[i]! + slope(i) * (x - at[i]!);
  };
  const interior = Array.from(at.subarray(1));
  return {
    survival: survivalAt,
    leftBy: x => 1 - survivalAt(x),
    meanUpTo: x => {
      const i = segment(x);
      const gap = x - at[i]!;
      if (i === last) return stays === 0 ? area[last]! : area[last]! + stays * gap;
      return area[i]! + gap * (share[i]! + 0.5 * slope(i) * gap);
    },
    meanSeconds: stays > 0 ? Infinity : area[last]!,
    breakpoints: () => interior,
  };
}
