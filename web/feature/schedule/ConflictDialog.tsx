import { Button, Group, Modal } from '@mantine/core';
import { localDateOf } from '../../../forecasting/index.ts';
import type { Assignment } from '../../../forecasting/scheduling/schedule.ts';
import { formatLocalDate, formatTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Draft } from './draft.ts';
import type { Conflict } from './draftState.ts';
import classes from './Schedule.module.css';

interface ConflictDialogProps {
  readonly conflict: Conflict;
  readonly draft: Draft;
  readonly nameOf: (agentId: string) => string;
  readonly timeZone: string;
}

/** Both versions of the days that two people changed, to choose from. Neither is overwritten silently. */
export function ConflictDialog({ conflict, draft, nameOf, timeZone }: ConflictDialogProps) {
  const mineOn = (agentId: string, date: string) =>
    [...draft.shifts.values()].filter(
      shift => shift.agentId === agentId && localDateOf(shift.start, timeZone) === date,
    );
  return (
    <Modal
      opened
      onClose={draft.keepTheirs}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
      title={t('schedule.conflict.title')}
    >
      <p>{t('schedule.conflict.text')}</p>
      <table className={classes.versions}>
        <thead>
          <tr>
            <th scope="col">{t('schedule.conflict.column.who')}</th>
            <th scope="col">{t('schedule.conflict.column.day')}</th>
            <th scope="col">{t('schedule.conflict.column.theirs')}</th>
            <th scope="col">{t('schedule.conflict.column.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.theirs.map(day => (
            <tr key={`${day.agentId}${day.date}`}>
              <td>{nameOf(day.agentId)}</td>
              <td>{formatLocalDate(day.date, false)}</td>
              <td>
                {words(day.theirs, timeZone)}
                {day.changedBy ? (
                  <div className={classes.saved}>{t('schedule.conflict.by', { who: day.changedBy })}</div>
                ) : null}
              </td>
              <td>{words(mineOn(day.agentId, day.date), timeZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={draft.keepTheirs}>
          {t('schedule.conflict.keepTheirs')}
        </Button>
        <Button onClick={draft.keepMine}>{t('schedule.conflict.keepMine')}</Button>
      </Group>
    </Modal>
  );
}

function words(shifts: readonly Assignment[], timeZone: string): string {
  if (shifts.length === 0) return t('schedule.conflict.free');
  return shifts
    .map(shift => `${formatTime(shift.start, timeZone)}–${formatTime(shift.end, timeZone)}`)
    .join(', ');
}
