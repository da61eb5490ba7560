import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { LocalDay } from '../../../forecasting/index.ts';
import { type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import type { GanttRow } from '../../component/gantt/types.ts';
import { formatDate, formatHours, formatLocalDate, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { AssignmentMap } from './changes.ts';
import classes from './PrintedWeek.module.css';
import { shiftsByAgent } from './rows.ts';
import { breakWords, dayWords } from './shiftWords.ts';

interface PrintedWeekProps {
  readonly title: string;
  /** Draft or version: a draft on paper must not pass for what was published. */
  readonly state: string;
  /** The people shown, in their order. */
  readonly rows: readonly GanttRow[];
  readonly shifts: AssignmentMap;
  readonly days: readonly LocalDay[];
  readonly timeZone: string;
}

const DAYS_A_SHEET = 7;

/** The schedule on paper: everybody, not only the rows that the window shows. It is drawn when printing begins. */
export function PrintedWeek(props: PrintedWeekProps) {
  const isPrinting = usePrinting();
  if (!isPrinting) return null;
  const { days, rows, shifts, timeZone } = props;
  const byAgent = shiftsByAgent(shifts);
  const now = Math.floor(Date.now() / 1000);
  return (
    <div className={classes.paper}>
      {weeksOf(days).map(week => (
        <section key={week[0]?.date}>
          <h2>{props.title}</h2>
          <p>
            {t('schedule.print.note', {
              from: formatLocalDate(week[0]?.date ?? ''),
              to: formatLocalDate(week.at(-1)?.date ?? ''),
              state: props.state,
              when: `${formatDate(now, timeZone)}, ${formatTime(now, timeZone)}`,
              zone: timeZone,
            })}
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('gantt.agent')}</th>
                {week.map(day => (
                  <th key={day.date} scope="col">
                    {formatLocalDate(day.date, false)}
                  </th>
                ))}
                <th scope="col">{t('schedule.print.total')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <PrintedRow
                  key={row.id}
                  row={row}
                  shifts={byAgent.get(row.id) ?? []}
                  days={week}
                  timeZone={timeZone}
                />
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}

function PrintedRow(props: {
  readonly row: GanttRow;
  readonly shifts: readonly Assignment[];
  readonly days: readonly LocalDay[];
  readonly timeZone: string;
}) {
  const { row, shifts, days, timeZone } = props;
  const perDay = days.map(day => ({
    date: day.date,
    shifts: shifts.filter(shift => day.startEpochSeconds <= shift.start && shift.start < day.endEpochSeconds),
  }));
  const paid = perDay.flatMap(day => day.shifts).reduce((sum, shift) => sum + paidMinutes(shift), 0);
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {perDay.map(day => (
        <td key={day.date}>
          {day.shifts.length === 0 ? null : (
            <>
              <b>{dayWords(day.shifts, timeZone)}</b>
              <small>{breakWords(day.shifts, timeZone)}</small>
            </>
          )}
        </td>
      ))}
      <td>{formatHours(paid / 60)}</td>
    </tr>
  );
}

function weeksOf(days: readonly LocalDay[]): readonly (readonly LocalDay[])[] {
  return Array.from({ length: Math.ceil(days.length / DAYS_A_SHEET) }, (_, week) =>
    days.slice(week * DAYS_A_SHEET, (week + 1) * DAYS_A_SHEET),
  );
}

/** True from the moment the browser begins to print, by whichever way, until it has the pages. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes the page as it stands when the event ends.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
