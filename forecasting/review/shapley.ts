/**
 * Shapley values of `players` factors from the value of every coalition.
 *
 * `value[mask]` is the outcome when exactly the factors whose bit is set take their actual value and the others
 * keep the planned one; it has `2 ** players` entries. The parts sum to `value[all] − value[none]`: each factor
 * gets its marginal effect averaged over every order in which the factors could have changed
 * (L. S. Shapley, "A value for n-person games", 1953).
 *
 * @throws RangeError if the number of values is not `2 ** players`.
 */
export function shapleyValues(value: ArrayLike<number>, players: number): number[] {
  if (value.length !== 2 ** players) {
    throw new RangeError(`Shapley values need ${2 ** players} coalitions; found ${value.length}`);
  }
  const weight = orderShares(players);
  const parts = new Array<number>(players).fill(0);
  for (let mask = 0; mask < value.length; mask++) {
    const share = weight[bitCount(mask)];
    if (share === undefined) continue;
    for (let player = 0; player < players; player++) {
      if (mask & (1 << player)) continue;
      parts[player] =
        (parts[player] ?? 0) + share * ((value[mask | (1 << player)] ?? 0) - (value[mask] ?? 0));
    }
  }
  return parts;
}

/** `size! (players − size − 1)! / players!` for coalitions of each size below `players`. */
function orderShares(players: number): number[] {
  const shares: number[] = [];
  let share = 1 / players;
  for (let size = 0; size < players; size++) {
    shares.push(share);
    share *= (size + 1) / (players - size - 1);
  }
  return shares;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
