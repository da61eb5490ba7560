import { ActionIcon, NativeSelect } from '@mantine/core';
import { addDays } from '../../../forecasting/index.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { Icon } from '../Icon.tsx';
import classes from './Shell.module.css';

/** Site, queue and week in hand. Every screen works on these. */
export function ContextBar() {
  const { sites, site, queues, queue, week, chooseSite, chooseQueue, chooseWeek } = useWorkplace();
  if (!site) return <div />;
  return (
    <div className={classes.context}>
      <NativeSelect
        size="xs"
        aria-label={t('shell.site')}
        value={site.id}
        onChange={event => chooseSite(event.currentTarget.value)}
        data={sites.map(entry => ({ value: entry.id, label: entry.name }))}
      />
      {queue ? (
        <NativeSelect
          size="xs"
          aria-label={t('shell.queue')}
          value={queue.id}
          onChange={event => chooseQueue(event.currentTarget.value)}
          data={queues.map(entry => ({ value: entry.id, label: entry.name }))}
        />
      ) : null}
      <fieldset className={classes.week} aria-label={t('shell.week')}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('shell.previousWeek')}
          onClick={() => chooseWeek(addDays(week, -7))}
        >
          <Icon name="left" size={14} />
        </ActionIcon>
        <span className={classes.weekName}>
          {formatLocalDate(week, false)} – {formatLocalDate(addDays(week, 6))}
        </span>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('shell.nextWeek')}
          onClick={() => chooseWeek(addDays(week, 7))}
        >
          <Icon name="right" size={14} />
        </ActionIcon>
      </fieldset>
      {site.isSample ? <span className={classes.sample}>{t('shell.sample')}</span> : null}
    </div>
  );
}
