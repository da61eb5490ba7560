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
import { type Draft, useDraft } from './draft.ts';
import { EditorCanvas } from './EditorCanvas.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import { GeneratePanel } from './GeneratePanel.tsx';
import { useHands } from './hands.ts';
import { othersWords, stateWords } from './labels.ts';
import type { ScheduleSetting } from './problem.ts';
import classes from './Schedule.module.css';
import { useEditor } from './useEditor.ts';
import { useView } from './view.ts';

interface ScheduleEditorProps {
  readonly content: ScheduleContent;
  readonly head: ScheduleHead;
  readonly setting: ScheduleSetting;
  readonly requirements: readonly Requirement[];
}

/** The planner's main instrument: agents over time, coverage on top, every edit undoable. */
export function ScheduleEditor({ content, head, setting, requirements }: ScheduleEditorProps) {
  const may = useMay();
  const view = useView(setting);
  const { queueId, filter, filterBox, ...choice } = useChoice();
  const { brush, brushList, setBrush } = useBrush();
  const say = useRef<(message: string) => void>(() => undefined);
  const draft = useDraft(content, operations => say.current(othersWords(operations)));
  const editor = useEditor(draft, setting);
  say.current = editor.say;
  const hands = useHands(editor, view, setting, !may('schedule.manage'));
  const context: CommandContext = {
    ...hands.context,
    focusFilter: () => filterBox.current?.focus(),
  };
  const shared = { editor, context, hands, view, setting, requirements, queueId };
  return (
    <div className={classes.editor}>
      <EditorToolbar
        {...choice}
        context={context}
        head={head}
        setting={setting}
        view={view}
        queueId={queueId}
        filter={filter}
        filterBox={filterBox}
        brushes={brushList}
        brush={brush}
        onBrush={setBrush}
        onMenu={hands.menuBelow}
        onCoverage={hands.showCoverage}
      />
      <Unsaved draft={draft} />
      <EditorCanvas {...shared} label={head.name} state={stateWords(head)} filter={filter} brush={brush}>
        <GeneratePanel head={head} days={view.days} agents={setting.agents} editor={editor} />
      </EditorCanvas>
      <EditorDialogs {...shared} brushes={brushList} />
    </div>
  );
}

/** Which queue the strip shows, and which people the rows. */
function useChoice() {
  const [queueId, onQueue] = useState<string | null>(null);
  const [filter, onFilter] = useState('');
  const filterBox = useRef<HTMLInputElement>(null);
  return { queueId, onQueue, filter, onFilter, filterBox };
}

function useBrush() {
  const [brush, setBrush] = useState<Brush | null>(null);
  const brushList = useMemo(brushes, []);
  return { brush, brushList, setBrush };
}

/** An edit that the server refused: try again, or take it back. */
function Unsaved({ draft }: { readonly draft: Draft }) {
  if (!draft.error) return null;
  return (
    <div className={classes.refused}>
      <Failure error={draft.error} onRetry={draft.retry} />
      <Button size="xs" variant="default" onClick={draft.giveUp}>
        {t('schedule.giveUp')}
      </Button>
    </div>
  );
}
