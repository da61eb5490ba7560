import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { weekdayOf } from '../../../forecasting/index.ts';
import { Icon } from '../../component/Icon.tsx';
import { formatWeekday } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import type { CommandContext } from './commands.ts';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';
import { ToolButton } from './ToolButton.tsx';
import type { ScheduleView } from './view.ts';

export interface ViewToolsProps {
  readonly context: CommandContext;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly view: ScheduleView;
  readonly queueId: string | null;
  readonly onQueue: (queueId: string | null) => void;
  readonly filter: string;
  readonly filterBox: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string) => void;
}

/** Day or week, queue, filter, zoom. */
export function ViewTools(props: ViewToolsProps) {
  const { context, setting, view } = props;
  const { queues } = useWorkplace();
  const covered = new Set(setting.coverage.map(queue => queue.queueId));
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('schedule.viewLabel')}
        value={view.day === null ? 'week' : String(view.day)}
        onChange={value => view.showDay(value === 'week' ? null : Number(value))}
        data={[
          { value: 'week', label: t('schedule.view.week') },
          ...view.days.map((entry, i) => ({
            value: String(i),
            label: dayLabel(entry.date),
          })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t('schedule.queueLabel')}
        value={props.queueId ?? ''}
        onChange={event => props.onQueue(event.currentTarget.value || null)}
        data={[
          { value: '', label: t('schedule.allQueues') },
          ...queues
            .filter(queue => covered.has(queue.id))
            .map(queue => ({ value: queue.id, label: queue.name })),
        ]}
      />
      <TextInput
        ref={props.filterBox}
        size="xs"
        className={classes.filter}
        aria-label={t('schedule.filter')}
        placeholder={t('schedule.filter')}
        value={props.filter}
        onChange={event => props.onFilter(event.currentTarget.value)}
      />
      <ToolButton label={t('schedule.zoomOut')} onClick={() => context.zoom(0.8)}>
        <Icon name="minus" size={15} />
      </ToolButton>
      <ToolButton label={t('schedule.zoomIn')} onClick={() => context.zoom(1.25)}>
        <Icon name="plus" size={15} />
      </ToolButton>
    </>
  );
}

/** `Mon 16`: the axis below tells the month. */
function dayLabel(date: string): string {
  return `${formatWeekday(weekdayOf(date))} ${Number(date.slice(8))}`;
}
