import type { Brush } from '../../component/gantt/types.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import { CoverageTable } from './CoverageTable.tsx';
import type { CommandContext } from './commands.ts';
import type { Hands } from './hands.ts';
import { ShiftDialog } from './ShiftDialog.tsx';
import { ShiftMenu } from './ShiftMenu.tsx';
import type { Described } from './words.ts';

interface EditorDialogsProps extends Described {
  readonly context: CommandContext;
  readonly hands: Hands;
  readonly brushes: readonly Brush[];
}

/** The form of a shift, its menu, the coverage as a table, and the choice between two versions. */
export function EditorDialogs({ context, hands, brushes, ...described }: EditorDialogsProps) {
  const { editor, setting } = described;
  const { draft } = editor;
  const { timeZone, readOnly } = context;
  return (
    <>
      {hands.openShift ? (
        <ShiftDialog
          key={hands.openShift}
          editor={editor}
          shiftId={hands.openShift}
          agents={setting.agents}
          timeZone={timeZone}
          readOnly={readOnly}
          onClose={hands.close}
        />
      ) : null}
      {hands.menu ? (
        <ShiftMenu
          place={hands.menu}
          context={context}
          setting={setting}
          brushes={brushes}
          onClose={hands.close}
        />
      ) : null}
      {hands.showsCoverage ? <CoverageTable {...described} onClose={hands.close} /> : null}
      {draft.conflict ? (
        <ConflictDialog conflict={draft.conflict} draft={draft} nameOf={editor.nameOf} timeZone={timeZone} />
      ) : null}
    </>
  );
}
