import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { Requirement } from '../../../api/contract/staffing.ts';
import { Failure } from '../../component/Failure.tsx';
import type { Brush } from '../../component/gantt/types.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { brushes } from './brushes.ts';
import type { CommandContext } from './commands.ts';
import type { ScheduleContent } from './days.ts';
import { useDraft } from './draft.ts';
import { EditorCanvas } from './EditorCanvas.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import { GeneratePanel } from './GeneratePanel.tsx';
import { useHands } from './hands.ts';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';
import { useEditor } from './useEditor.ts';
import { useView } from './view.ts';

interface ScheduleEditorProps {
  readonly content: ScheduleContent;
  /** The newest operation that the content has. */
  readonly lastSequence: number;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
}

/** The planner's main instrument: agents over time, coverage on top, every edit undoable. */
export function ScheduleEditor(props: ScheduleEditorProps) {
  const { content, head, setting, requirements } = props;
  const may = useMay();
  const view = useView(setting);
  const [queueId, setQueueId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [brush, setBrush] = useState<Brush | null>(null);
  const filterBox = useRef<HTMLInputElement>(null);
  const sayOthers = useRef<() => void>(() => undefined);
  const draft = useDraft(content, props.lastSequence, () => sayOthers.current());
  const editor = useEditor(draft, setting);
  sayOthers.current = () => editor.say(t('schedule.othersChanged'));
  const hands = useHands(editor, view, setting, !may('schedule.manage'));
  const brushList = useMemo(brushes, []);
  const context: CommandContext = {
    ...hands.context,
    focusFilter: () => filterBox.current?.focus(),
  };
  return (
    <div className={classes.editor}>
      <EditorToolbar
        context={context}
        head={head}
        setting={setting}
        view={view}
        queueId={queueId}
        onQueue={setQueueId}
        filter={filter}
        filterBox={filterBox}
        onFilter={setFilter}
        brushes={brushList}
        brush={brush}
        onBrush={setBrush}
        onMenu={hands.menuBelow}
      />
      {draft.error ? (
        <div className={classes.refused}>
          <Failure error={draft.error} onRetry={draft.retry} />
          <Button size="xs" variant="default" onClick={draft.giveUp}>
            {t('schedule.giveUp')}
          </Button>
        </div>
      ) : null}
      <EditorCanvas
        label={head.name}
        editor={editor}
        context={context}
        hands={hands}
        view={view}
        setting={setting}
        requirements={requirements}
        queueId={queueId}
        filter={filter}
        brush={brush}
      >
        <GeneratePanel
          head={head}
          days={view.days}
          agents={setting.agents}
          isEmpty={draft.shifts.size === 0}
        />
      </EditorCanvas>
      <EditorDialogs editor={editor} context={context} hands={hands} setting={setting} brushes={brushList} />
    </div>
  );
}
