import type { QueueForecast } from './types.ts';

/**
 * Handle time of several contact types taken together, interval by interval: each type's expected handle time weighted by
 * its expected contacts. Types differ several-fold, so a mix that changes over the day moves the mean although no
 * type does. null where no type with a known handle time expects a contact.
 *
 * @throws RangeError if the forecasts are on different grids.
 */
export function mixedAht(types: readonly QueueForecast[]): (number | null)[] {
  const first = types[0];
  if (!first) return [];
  for (const type of types) {
    if (
      type.start !== first.start ||
      type.stepSeconds !== first.stepSeconds ||
      type.offered.length !== first.offered.length
    ) {
      throw new RangeError('contact types must be forecast on the same grid');
    }
  }
  return first.offered.map((_, i) => {
    let seconds = 0;
    let contacts = 0;
    for (const type of types) {
      const aht = type.ahtSeconds[i];
      const offered = type.offered[i] ?? 0;
      if (aht == null || offered <= 0) continue;
      seconds += offered * aht;
      contacts += offered;
    }
    return contacts > 0 ? seconds / contacts : null;
  });
}
