import { ActionIcon, Button, Menu, NativeSelect, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import { urlOf } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { LocalDay } from '../../../forecasting/index.ts';
import { Icon } from '../../component/Icon.tsx';
import { formatDay, formatNumber } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type CommandContext, nudge, removeShifts } from './commands.ts';
import { PublishButton } from './PublishDialog.tsx';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';

interface EditorToolbarProps {
  readonly context: CommandContext;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly readOnly: boolean;
  readonly queueId: string | null;
  readonly onQueue: (queueId: string | null) => void;
  readonly filter: string;
  readonly filterBox: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string) => void;
  readonly days: readonly LocalDay[];
  readonly day: number | null;
  readonly onDay: (day: number | null) => void;
  /** Stands beside the totals. */
  readonly children: ReactNode;
}

/** What the mouse reaches without the keyboard: view, queue, undo, nudges, publish. */
export function EditorToolbar(props: EditorToolbarProps) {
  const { context, head, setting, readOnly, queueId, day, days } = props;
  const { editor, selected, picked } = context;
  const { queues } = useWorkplace();
  const covered = new Set(setting.coverage.map(queue => queue.queueId));
  const undo = editor.draft.history.past.at(-1);
  const redo = editor.draft.history.future.at(-1);
  return (
    <>
      <div className={classes.toolbar} role="toolbar" aria-label={t('schedule.title')}>
        <SegmentedControl
          size="xs"
          aria-label={t('schedule.viewLabel')}
          value={day === null ? 'week' : String(day)}
          onChange={value => props.onDay(value === 'week' ? null : Number(value))}
          data={[
            { value: 'week', label: t('schedule.view.week') },
            ...days.map((entry, i) => ({
              value: String(i),
              label: formatDay(entry.startEpochSeconds, head.timeZone),
            })),
          ]}
        />
        <NativeSelect
          size="xs"
          aria-label={t('schedule.queueLabel')}
          value={queueId ?? ''}
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
        {readOnly ? null : (
          <>
            <ToolButton
              label={undo ? t('schedule.undoNow', { label: undo.label }) : t('schedule.nothingToUndo')}
              disabled={!undo}
              onClick={editor.undo}
            >
              <Icon name="undo" size={16} />
            </ToolButton>
            <ToolButton
              label={redo ? t('schedule.redoNow', { label: redo.label }) : t('schedule.nothingToRedo')}
              disabled={!redo}
              onClick={editor.redo}
            >
              <Icon name="redo" size={16} />
            </ToolButton>
            {selected.size > 0 ? <SelectionTools context={context} /> : null}
          </>
        )}
        <span
          className={classes.saved}
          data-state={editor.draft.unsaved > 0 ? 'pending' : 'saved'}
          data-push
          role="status"
        >
          {editor.draft.error
            ? t('schedule.notSaved')
            : editor.draft.unsaved > 0
              ? t('schedule.saving', { count: editor.draft.unsaved })
              : t('schedule.saved')}
        </span>
        <ExportMenu scheduleId={head.id} />
        {readOnly ? null : (
          <PublishButton head={head} unsaved={editor.draft.unsaved} nameOf={editor.nameOf} />
        )}
      </div>
      <div className={classes.totalsRow}>
        <CoverTotals context={context} />
        {props.children}
      </div>
      {picked ? <span className="visuallyHidden">{t('schedule.moveModeOn')}</span> : null}
    </>
  );
}

function SelectionTools({ context }: { readonly context: CommandContext }) {
  const ids = [...context.selected];
  return (
    <>
      <span className={classes.saved}>{t('schedule.selected', { count: ids.length })}</span>
      <ToolButton label={t('schedule.earlier')} onClick={() => nudge(context, ids, -1)}>
        <Icon name="left" size={15} />
      </ToolButton>
      <ToolButton label={t('schedule.later')} onClick={() => nudge(context, ids, 1)}>
        <Icon name="right" size={15} />
      </ToolButton>
      <Button
        size="compact-sm"
        variant={context.picked ? 'filled' : 'default'}
        aria-pressed={context.picked}
        onClick={() => context.pick(!context.picked)}
      >
        {t('schedule.moveMode')}
      </Button>
      {ids.length === 1 ? (
        <Button size="compact-sm" variant="default" onClick={() => context.open(ids[0] ?? '')}>
          {t('action.edit')}
        </Button>
      ) : null}
      <ToolButton label={t('action.remove')} onClick={() => removeShifts(context, ids)}>
        <Icon name="trash" size={15} />
      </ToolButton>
    </>
  );
}

function ToolButton(props: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={props.label}
        disabled={props.disabled ?? false}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

function ExportMenu({ scheduleId }: { readonly scheduleId: string }) {
  const href = (format: 'csv' | 'xlsx') => urlOf(ROUTES.downloadSchedule, { query: { scheduleId, format } });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Icon name="download" size={15} />}>
          {t('schedule.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={href('csv')} download>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={href('xlsx')} download>
          XLSX
        </Menu.Item>
        <Menu.Item onClick={() => window.print()}>{t('schedule.print')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Missing and spare hours of the whole schedule; during a drag these are the numbers after the drop. */
function CoverTotals({ context }: { readonly context: CommandContext }) {
  const { editor } = context;
  const { required, scheduled } = editor.coverage;
  let under = 0;
  let over = 0;
  for (let i = 0; i < required.length; i++) {
    const difference = (scheduled[i] ?? 0) - (required[i] ?? 0);
    if (difference < 0) under -= difference;
    else over += difference;
  }
  const hours = editor.intervalHours;
  const breaches = [...editor.findings.values()].flat().filter(finding => finding.hard).length;
  const paid = editor.rows.reduce((sum, row) => sum + row.paidHours, 0);
  return (
    <div className={classes.totals}>
      <span>
        {t('schedule.cover.under')} <b data-tone="under">{formatNumber(under * hours, 1)}</b>
      </span>
      <span>
        {t('schedule.cover.over')} <b data-tone="over">{formatNumber(over * hours, 1)}</b>
      </span>
      <span>
        {t('schedule.cover.paid')} <b>{formatNumber(paid)}</b>
      </span>
      <span>
        {t('schedule.cover.breaches')}{' '}
        <b data-tone={breaches > 0 ? 'error' : undefined}>{formatNumber(breaches)}</b>
      </span>
    </div>
  );
}
