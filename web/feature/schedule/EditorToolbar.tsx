import { ActionIcon, Button, Menu, NativeSelect, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import type { MouseEvent, ReactNode, RefObject } from 'react';
import { urlOf } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { Brush } from '../../component/gantt/types.ts';
import { Icon } from '../../component/Icon.tsx';
import { formatDay } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type CommandContext, nudge, removeShifts } from './commands.ts';
import { PublishButton } from './PublishDialog.tsx';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';
import type { Editor } from './useEditor.ts';
import type { ScheduleView } from './view.ts';

interface EditorToolbarProps {
  readonly context: CommandContext;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly view: ScheduleView;
  readonly queueId: string | null;
  readonly onQueue: (queueId: string | null) => void;
  readonly filter: string;
  readonly filterBox: RefObject<HTMLInputElement | null>;
  readonly onFilter: (filter: string) => void;
  readonly brushes: readonly Brush[];
  readonly brush: Brush | null;
  readonly onBrush: (brush: Brush | null) => void;
  /** Opens the menu of the selected shifts below the button. */
  readonly onMenu: (below: HTMLElement) => void;
}

/** What the mouse reaches without the keyboard: view, queue, brush, undo, nudges, publish. */
export function EditorToolbar(props: EditorToolbarProps) {
  const { context, head } = props;
  const { editor, selected, picked, readOnly } = context;
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('schedule.title')}>
      <ViewTools {...props} />
      {readOnly ? null : (
        <>
          <BrushChoice brushes={props.brushes} brush={props.brush} onBrush={props.onBrush} />
          <HistoryTools editor={editor} />
          {selected.size > 0 ? <SelectionTools context={context} onMenu={props.onMenu} /> : null}
        </>
      )}
      <SaveState editor={editor} />
      <ExportMenu scheduleId={head.id} />
      {readOnly ? null : <PublishButton head={head} unsaved={editor.draft.unsaved} nameOf={editor.nameOf} />}
      {picked ? <span className="visuallyHidden">{t('schedule.moveModeOn')}</span> : null}
    </div>
  );
}

/** Day or week, queue, filter, zoom. */
function ViewTools(props: EditorToolbarProps) {
  const { context, head, setting, view } = props;
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
            label: formatDay(entry.startEpochSeconds, head.timeZone),
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

function BrushChoice(props: Pick<EditorToolbarProps, 'brushes' | 'brush' | 'onBrush'>) {
  const { brushes, brush, onBrush } = props;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('schedule.paint.label')}
      value={brush?.id ?? ''}
      onChange={event => onBrush(brushes.find(entry => entry.id === event.currentTarget.value) ?? null)}
      data={[
        { value: '', label: t('schedule.paint.shifts') },
        ...brushes.map(({ id, label }) => ({
          value: id,
          label: t('schedule.paint.brush', { activity: label }),
        })),
      ]}
    />
  );
}

function HistoryTools({ editor }: { readonly editor: Editor }) {
  const undo = editor.draft.history.past.at(-1);
  const redo = editor.draft.history.future.at(-1);
  return (
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
    </>
  );
}

function SaveState({ editor: { draft } }: { readonly editor: Editor }) {
  return (
    <span
      className={classes.saved}
      data-state={draft.unsaved > 0 ? 'pending' : 'saved'}
      data-push
      role="status"
    >
      {draft.error
        ? t('schedule.notSaved')
        : draft.unsaved > 0
          ? t('schedule.saving', { count: draft.unsaved })
          : t('schedule.saved')}
    </span>
  );
}

function SelectionTools({ context, onMenu }: Pick<EditorToolbarProps, 'context' | 'onMenu'>) {
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
        size="xs"
        variant={context.picked ? 'filled' : 'default'}
        aria-pressed={context.picked}
        onClick={() => context.pick(!context.picked)}
      >
        {t('schedule.moveMode')}
      </Button>
      {ids.length === 1 ? (
        <Button size="xs" variant="default" onClick={() => context.open(ids[0] ?? '')}>
          {t('action.edit')}
        </Button>
      ) : null}
      <ToolButton label={t('action.remove')} onClick={() => removeShifts(context, ids)}>
        <Icon name="trash" size={15} />
      </ToolButton>
      <ToolButton label={t('schedule.menu.more')} onClick={event => onMenu(event.currentTarget)}>
        <Icon name="more" size={15} />
      </ToolButton>
    </>
  );
}

function ToolButton(props: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void;
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
