import { Button, Group, Modal } from '@mantine/core';
import { localDateOf } from '../../../forecasting/index.ts';
import { formatDayTime, formatLocalDate } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Draft } from './draft.ts';
import type { Conflict } from './draftState.ts';
import classes from './Schedule.module.css';
import { changeWords } from './shiftWords.ts';

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
  const rows = conflict.theirs.map(day => {
    const both = { before: day.theirs, after: mineOn(day.agentId, day.date) };
    const words = changeWords(both, timeZone);
    return { day, theirs: words.before, mine: words.after };
  });
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
          {rows.map(({ day, theirs, mine }) => (
            <tr key={`${day.agentId}${day.date}`}>
              <td>{nameOf(day.agentId)}</td>
              <td>{formatLocalDate(day.date, false)}</td>
              <td>
                {theirs}
                <div className={classes.saved}>
                  {t(day.changedBy ? 'schedule.conflict.by' : 'schedule.conflict.at', {
                    who: day.changedBy ?? '',
                    when: formatDayTime(day.changedAt, timeZone),
                  })}
                </div>
              </td>
              <td>{mine}</td>
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
