import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDay } from '../../../forecasting/index.ts';
import { type Assignment, paidMinutes } from '../../../forecasting/scheduling/schedule.ts';
import { Card } from '../../component/Card.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Page } from '../../component/Page.tsx';
import { call } from '../../lib/api.ts';
import { formatDate, formatHours, formatLocalDate, formatTime } from '../../lib/format.ts';
import { useMe } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { CalendarLinks } from './CalendarLinks.tsx';
import classes from './MySchedule.module.css';
import { TimeOffRequests } from './TimeOffRequests.tsx';

/** An agent's own week, made for a phone: days as a list, shifts with their breaks, time off, the calendar address. */
export function MySchedulePage() {
  const { data: me } = useMe();
  return (
    <Page title={t('mySchedule.title')} lead={t('mySchedule.lead')} layout="narrow">
      {me?.agentId ? (
        <Stack>
          <Week />
          <TimeOffRequests />
          <CalendarLinks />
        </Stack>
      ) : (
        <EmptyState icon="me" title={t('mySchedule.notAgent')}>
          {t('mySchedule.notAgentText')}
        </EmptyState>
      )}
    </Page>
  );
}

function Week() {
  const { week, chooseWeek } = useWorkplace();
  const range = { from: week, to: addDays(week, 6) };
  const schedule = useQuery({
    queryKey: ['mySchedule', range],
    queryFn: () => call(ROUTES.getMySchedule, { query: range }),
  });
  return (
    <Card
      title={`${formatLocalDate(range.from)} – ${formatLocalDate(range.to)}`}
      actions={
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => chooseWeek(addDays(week, -7))}>
            {t('mySchedule.previous')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => chooseWeek(addDays(week, 7))}>
            {t('mySchedule.next')}
          </Button>
        </Group>
      }
    >
      <Loaded query={schedule}>
        {({ shifts, timeZone, publishedAt }) =>
          publishedAt === null ? (
            <EmptyState icon="schedule" title={t('mySchedule.none')}>
              {t('mySchedule.noneText')}
            </EmptyState>
          ) : (
            <>
              <ol className={classes.days}>
                {Array.from({ length: 7 }, (_, i) => addDays(week, i)).map(date => (
                  <DayRow key={date} date={date} timeZone={timeZone} shifts={shifts} />
                ))}
              </ol>
              <p className={classes.note}>
                {t('mySchedule.published', {
                  when: `${formatDate(publishedAt, timeZone)} ${formatTime(publishedAt, timeZone)}`,
                })}
              </p>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

interface DayRowProps {
  readonly date: string;
  readonly timeZone: string;
  readonly shifts: readonly Assignment[];
}

function DayRow({ date, timeZone, shifts }: DayRowProps) {
  const day = localDay(date, timeZone);
  const own = shifts.filter(
    shift => shift.start >= day.startEpochSeconds && shift.start < day.endEpochSeconds,
  );
  return (
    <li className={classes.day}>
      <strong>{formatLocalDate(date, false)}</strong>
      {own.length === 0 ? <span className={classes.off}>{t('mySchedule.off')}</span> : null}
      {own.map(shift => (
        <div key={shift.id}>
          <span className={classes.time}>
            {formatTime(shift.start, timeZone)}–{formatTime(shift.end, timeZone)}
          </span>{' '}
          <span className={classes.note}>
            {t('mySchedule.paid', { hours: formatHours(paidMinutes(shift) / 60) })}
          </span>
          <ul className={classes.breaks}>
            {shift.activities
              .filter(activity => activity.kind !== 'work')
              .map(activity => (
                <li key={activity.start}>
                  {formatTime(activity.start, timeZone)}–{formatTime(activity.end, timeZone)}{' '}
                  {t(`schedule.activity.${activity.kind}`)}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </li>
  );
}
