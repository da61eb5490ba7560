import Holidays from 'date-holidays';
import type { SpecialDay } from '../../forecasting/calendar/opening.ts';

/**
 * Public holidays of a country (ISO 3166, with an optional region) in the years from `fromYear` to `toYear`, by date.
 * Where a holiday on a weekend is kept on another day, both are listed. Opening hours are not changed.
 *
 * @throws RangeError when the country or region is not known.
 */
export function publicHolidays(
  country: string,
  region: string | null,
  fromYear: number,
  toYear: number,
): readonly SpecialDay[] {
  const calendar = new Holidays();
  const known = calendar.getCountries();
  if (!Object.hasOwn(known, country))
    throw new RangeError('country must be an ISO 3166 code of a known country');
  if (region !== null && !Object.hasOwn(calendar.getStates(country) ?? {}, region)) {
    throw new RangeError('region must be a known region of the country');
  }
  if (region === null) calendar.init(country);
  else calendar.init(country, region);
  const days: SpecialDay[] = [];
  for (let year = fromYear; year <= toYear; year++) {
    for (const holiday of calendar.getHolidays(year, 'en')) {
      if (holiday.type === 'public')
        days.push({ date: holiday.date.slice(0, 10), name: holiday.name, kind: 'holiday' });
    }
  }
  return days.sort((a, b) => (a.date < b.date ? -1 : 1));
}
