import '@mantine/core/styles.css';
import '../../../web/lib/colourScheme.css';
import '../../../web/lib/base.css';
import { MantineProvider } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { GanttChart } from '../../../web/component/gantt/GanttChart.tsx';
import type { ShiftGesture } from '../../../web/component/gantt/types.ts';
import { applied, changesOf } from '../../../web/feature/schedule/changes.ts';
import { createEvaluator } from '../../../web/feature/schedule/evaluator.ts';
import { ganttRows, ganttShifts, shiftsByAgent } from '../../../web/feature/schedule/rows.ts';
import { theme } from '../../../web/theme.ts';
import { madeUpWeek, TIME_ZONE } from './madeUpWeek.ts';

const NO_FINDINGS = new Map<string, readonly never[]>();

function Story() {
  const query = new URLSearchParams(location.search);
  const agents = Number(query.get('agents') ?? 500);
  const { problem, shifts: initial } = useMemo(() => madeUpWeek(agents), [agents]);
  const [shifts, setShifts] = useState(() => new Map(initial.map(shift => [shift.id, shift])));
  const evaluator = useMemo(
    () => createEvaluator(problem, new Map(initial.map(shift => [shift.id, shift]))),
    [problem, initial],
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [gesture, setGesture] = useState<ShiftGesture | null>(null);
  const [pixelsPerHour, setPixelsPerHour] = useState(Number(query.get('zoom') ?? 12));
  const count = useRef(0);
  const byAgent = useMemo(() => shiftsByAgent(shifts), [shifts]);
  const drawn = useMemo(() => ganttShifts(byAgent, NO_FINDINGS, new Map()), [byAgent]);
  const rows = useMemo(
    () =>
      ganttRows([], [], byAgent, NO_FINDINGS, 1).concat(
        problem.agents.map(agent => ({
          id: agent.id,
          name: agent.name,
          detail: agent.skills.map(skill => skill.skill).join(', '),
          paidHours: 40,
          contractHours: 40,
          findings: [],
        })),
      ),
    [problem, byAgent],
  );
  const { required, scheduled } = gesture
    ? evaluator.preview(changesOf(shifts, gesture, 'preview'), null)
    : evaluator.coverage(null);
  const { start, stepSeconds } = problem.grid;
  return (
    <div style={{ height: '100vh', padding: 12, boxSizing: 'border-box' }}>
      <GanttChart
        label="Made-up week"
        rows={rows}
        shifts={drawn}
        from={start}
        to={start + problem.grid.count * stepSeconds}
        timeZone={TIME_ZONE}
        stepSeconds={evaluator.stepSeconds}
        pixelsPerHour={pixelsPerHour}
        coverage={{ start, stepSeconds, required, scheduled }}
        selected={selected}
        picked={false}
        onSelect={setSelected}
        onPreview={setGesture}
        onGesture={next => {
          const changes = changesOf(shifts, next, `new-${count.current++}`);
          evaluator.apply(changes);
          setShifts(new Map(applied(shifts, changes)));
        }}
        onCommand={() => false}
        onPlaceAt={() => undefined}
        onOpen={() => undefined}
        onHoverSlot={() => undefined}
        onZoom={factor => setPixelsPerHour(value => value * factor)}
        describeCell={(rowId, instant) => `${rowId} ${instant}`}
      />
    </div>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <Story />
  </MantineProvider>,
);
