import { Button, Menu, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { urlOf } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { DownloadMenu } from '../../component/DownloadMenu.tsx';
import type { Brush } from '../../component/gantt/types.ts';
import { Icon } from '../../component/Icon.tsx';
import { t } from '../../locale/i18n.ts';
import { nudge, removeShifts } from './commands.ts';
import { PublishButton } from './PublishDialog.tsx';
import classes from './Schedule.module.css';
import { ToolButton } from './ToolButton.tsx';
import type { Editor } from './useEditor.ts';
import { VersionsDialog } from './VersionsDialog.tsx';
import { ViewTools, type ViewToolsProps } from './ViewTools.tsx';

interface EditorToolbarProps extends ViewToolsProps {
  readonly brushes: readonly Brush[];
  readonly brush: Brush | null;
  readonly onBrush: (brush: Brush | null) => void;
  /** Opens the menu of the selected shifts below the button. */
  readonly onMenu: (below: HTMLElement) => void;
  /** Shows the coverage strip as a table. */
  readonly onCoverage: () => void;
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
      <div className={classes.waysOut}>
        <SaveState editor={editor} />
        <WaysOut {...props} />
        {readOnly ? null : (
          <PublishButton
            head={head}
            unsaved={editor.draft.unsaved}
            nameOf={editor.nameOf}
            onPublished={editor.say}
          />
        )}
      </div>
      {picked ? <span className="visuallyHidden">{t('schedule.moveModeOn')}</span> : null}
    </div>
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
    <span className={classes.saved} data-state={draft.unsaved > 0 ? 'pending' : 'saved'} role="status">
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

/** Tables, files, print and published versions of what is shown. */
function WaysOut({ head, context, onCoverage }: EditorToolbarProps) {
  const [showsVersions, setShowsVersions] = useState(false);
  return (
    <>
      <ToolButton label={t('schedule.coverTable.show')} onClick={onCoverage}>
        <Icon name="table" size={15} />
      </ToolButton>
      <DownloadMenu
        href={format => urlOf(ROUTES.downloadSchedule, { query: { scheduleId: head.id, format } })}
      >
        <Menu.Item onClick={() => window.print()}>{t('schedule.print.action')}</Menu.Item>
      </DownloadMenu>
      {head.publishedVersion !== null ? (
        <Button size="xs" variant="default" onClick={() => setShowsVersions(true)}>
          {t('schedule.versions.open')}
        </Button>
      ) : null}
      {showsVersions ? (
        <VersionsDialog
          head={head}
          editor={context.editor}
          readOnly={context.readOnly}
          onClose={() => setShowsVersions(false)}
        />
      ) : null}
    </>
  );
}
