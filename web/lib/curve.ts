/**
 * A curve with one point pulled to a value: its neighbours follow by a cosine bell that ends `reach` points away, each
 * in proportion to its own height, so that the shape of the day stays. Missing points stay missing, none falls below 0.
 */
export function bentCurve(
  values: readonly (number | null)[],
  index: number,
  to: number,
  reach: number,
): readonly (number | null)[] {
  const held = values[index] ?? null;
  if (held === null) return values;
  const factor = held > 0 ? Math.max(0, to) / held - 1 : 0;
  return values.map((value, i) => {
    const distance = Math.abs(i - index);
    if (value === null || distance >= reach) return value;
    const share = (1 + Math.cos((Math.PI * distance) / reach)) / 2;
    if (i === index) return Math.max(0, to);
    return Math.max(0, value * (1 + factor * share));
  });
}
