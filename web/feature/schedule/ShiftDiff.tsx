import { Button, Group } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ChangedDay } from '../../../forecasting/scheduling/shiftChanges.ts';
import { ExportButtons } from '../../component/ExportButtons.tsx';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
import { formatLocalDate } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';
import { changeWords } from './shiftWords.ts';

interface ShiftDiffProps {
  readonly label: string;
  readonly changes: readonly ChangedDay[];
  readonly nameOf: (agentId: string) => string;
  readonly timeZone: string;
  /** Of the download, without its ending. */
  readonly fileName: string;
}

/** People shown before the rest is asked for: a first publication changes everybody’s week. */
const SHOWN_PEOPLE = 30;

/** The days that differ, person by person, with the times before and after. */
export function ShiftDiff({ label, changes, nameOf, timeZone, fileName }: ShiftDiffProps) {
  const [isWhole, setWhole] = useState(false);
  const people = useMemo(() => byPerson(changes, nameOf, timeZone), [changes, nameOf, timeZone]);
  if (people.length === 0) return null;
  const shown = isWhole ? people : people.slice(0, SHOWN_PEOPLE);
  const columns = (['who', 'day', 'before', 'after'] as const).map(key => t(`schedule.diff.${key}`));
  return (
    <div>
      <ScrollRegion label={label} className={classes.diff}>
        <table className={classes.versions}>
          <thead>
            <tr>
              {columns.map(name => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          {shown.map(({ agentId, name, days }) => (
            <tbody key={agentId}>
              {days.map(({ date, day, before, after }, i) => (
                <tr key={date}>
                  {i === 0 ? (
                    <th scope="rowgroup" rowSpan={days.length}>
                      {name}
                    </th>
                  ) : null}
                  <td>{day}</td>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </ScrollRegion>
      <Group justify="space-between" mt={6}>
        {people.length > shown.length ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
            {t('schedule.diff.everybody', { count: people.length })}
          </Button>
        ) : (
          <span className={classes.saved}>{t('schedule.diff.people', { count: people.length })}</span>
        )}
        <div>
          <ExportButtons
            fileName={fileName}
            figures={() => ({
              header: columns,
              rows: people.flatMap(({ name, days }) =>
                days.map(({ date, before, after }) => [name, date, before, after]),
              ),
            })}
          />
        </div>
      </Group>
    </div>
  );
}

function byPerson(changes: readonly ChangedDay[], nameOf: (agentId: string) => string, timeZone: string) {
  const people = new Map<string, ChangedDay[]>();
  for (const change of changes) {
    people.set(change.agentId, [...(people.get(change.agentId) ?? []), change]);
  }
  return [...people]
    .map(([agentId, days]) => ({
      agentId,
      name: nameOf(agentId),
      days: days
        .toSorted((a, b) => (a.date < b.date ? -1 : 1))
        .map(change => ({
          date: change.date,
          day: formatLocalDate(change.date, false),
          ...changeWords(change, timeZone),
        })),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
