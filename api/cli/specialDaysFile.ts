import type { SpecialDay } from '../../forecasting/index.ts';
import { CommandError } from './args.ts';
import { readCsv } from './csvFile.ts';

/**
 * Reads special days: `date,name[,kind]` with `kind` holiday, closure, event or outage; closures have no opening hours.
 *
 * @throws CommandError naming the row and column.
 */
export async function readSpecialDays(file: string): Promise<readonly SpecialDay[]> {
  const days: SpecialDay[] = [];
  for (const [i, row] of (await readCsv(file, { mayBeEmpty: true })).entries()) {
    const line = i + 2;
    const date = (row.date ?? '').trim();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
      throw new CommandError(
        `${file}, row ${line}, date: found "${date.slice(0, 40)}"; expected a date such as 2026-12-25`,
      );
    }
    const kind = (row.kind ?? '').trim() || 'event';
    if (kind !== 'holiday' && kind !== 'closure' && kind !== 'event' && kind !== 'outage') {
      throw new CommandError(
        `${file}, row ${line}, kind: found "${kind}"; expected holiday, closure, event or outage`,
      );
    }
    const name = (row.name ?? '').trim() || date;
    days.push({ date, name, kind, ...(kind === 'closure' && { hours: [] }) });
  }
  return days;
}
