/**
 * Work per slot, as level as can be, when by the end of slot k at most `arrived[k]` can and at least `due[k]` must be done
 * (both cumulative, rising, with the same last entry, `due` ≤ `arrived`). The cumulative work is the taut string between
 * the two bounds, which minimises every convex cost of the slots at once; where deadlines come in the order of the
 * arrivals this is the plan of `levelDeferred` without a base load, in a single sweep.
 */
export function levelWork(arrived: ArrayLike<number>, due: ArrayLike<number>): Float64Array {
  const count = arrived.length;
  const perSlot = new Float64Array(count);
  let from = 0;
  let done = 0;
  while (from < count) {
    const bend = nextBend(arrived, due, from, done);
    perSlot.fill(Math.max(0, bend.slope), from, bend.to);
    done += bend.slope * (bend.to - from);
    from = bend.to;
  }
  return perSlot;
}

/** How far one slope leads from (from, done) between the bounds; it ends where it must bend, or at the end. */
function nextBend(arrived: ArrayLike<number>, due: ArrayLike<number>, from: number, done: number) {
  let least = { slope: Number.NEGATIVE_INFINITY, to: from };
  let most = { slope: Infinity, to: from };
  for (let k = from; k < arrived.length; k++) {
    const slots = k + 1 - from;
    const lower = (due[k]! - done) / slots;
    const upper = (arrived[k]! - done) / slots;
    if (lower > most.slope) return most;
    if (upper < least.slope) return least;
    if (lower >= least.slope) least = { slope: lower, to: k + 1 };
    if (upper <= most.slope) most = { slope: upper, to: k + 1 };
  }
  return least.to === arrived.length ? least : most;
}
