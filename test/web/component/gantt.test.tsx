import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GanttChart } from '../../../web/component/gantt/GanttChart.tsx';
import type { Brush, MenuPlace, ShiftGesture } from '../../../web/component/gantt/types.ts';
import { FACTS_WIDTH } from '../../../web/component/gantt/useCanvas.ts';
import { giveElementsASize } from './layout.ts';

const HOUR = 3600;
const row = (id: string) => ({
  id,
  name: id,
  detail: '',
  paidHours: 8,
  contractHours: 40,
  findings: [],
  away: [],
});
const shift = {
  id: 's1',
  rowId: 'ana',
  start: 8 * HOUR,
  end: 16 * HOUR,
  label: 'Shift',
  tone: 'work' as const,
  activities: [],
};
const LUNCH: Brush = { id: 'lunch', tone: 'lunch', label: 'Lunch' };

/** The canvas at 60 pixels an hour: a pixel is a minute. */
function canvas(brush: Brush | null = null) {
  const gestures: ShiftGesture[] = [];
  const previews: (ShiftGesture | null)[] = [];
  const menus: MenuPlace[] = [];
  const commands: string[] = [];
  render(
    <MantineProvider>
      <GanttChart
        label="Week"
        rows={['ana', 'ben'].map(row)}
        shifts={new Map([['ana', [shift]]])}
        from={0}
        to={24 * HOUR}
        timeZone="UTC"
        stepSeconds={900}
        pixelsPerHour={60}
        coverage={{ start: 0, stepSeconds: 900, required: [], scheduled: [] }}
        selected={new Set()}
        picked={false}
        brush={brush}
        onSelect={() => undefined}
        onGesture={gesture => gestures.push(gesture)}
        onPreview={gesture => previews.push(gesture)}
        onCommand={({ id }) => commands.push(id) > 0}
        onPlaceAt={() => undefined}
        onOpen={() => undefined}
        onMenu={place => menus.push(place)}
        onHoverSlot={() => undefined}
        onZoom={() => undefined}
        describeCell={(rowId, instant) => `${rowId} ${instant}`}
      />
    </MantineProvider>,
  );
  const bar = document.querySelector('[data-shift]');
  if (!bar) throw new Error('no shift is drawn');
  return { gestures, previews, menus, commands, bar, box: screen.getByRole('grid') };
}

/** jsdom lays nothing out: every element begins at 0, so x counts from the left of the facts. */
const at = (hours: number) => ({ clientX: FACTS_WIDTH + hours * 60, clientY: 5, pointerId: 1, button: 0 });

beforeAll(() => {
  giveElementsASize();
});
afterEach(cleanup);

describe('the schedule canvas', () => {
  it('previews a drag in whole steps and asks for the move at the drop', () => {
    const { bar, gestures, previews } = canvas();
    fireEvent.pointerDown(bar, at(10));
    fireEvent.pointerMove(bar, at(11.1));
    expect(gestures).toEqual([]);
    expect(previews.at(-1)).toMatchObject({ kind: 'move', deltaSeconds: HOUR });
    fireEvent.pointerUp(bar, at(11.1));
    expect(previews.at(-1)).toBeNull();
    expect(gestures).toMatchObject([{ kind: 'move', ids: ['s1'], deltaSeconds: HOUR }]);
  });

  it('paints with a brush over a shift instead of moving it', () => {
    const { bar, gestures } = canvas(LUNCH);
    fireEvent.pointerDown(bar, at(12));
    fireEvent.pointerMove(bar, at(12.5));
    fireEvent.pointerUp(bar, at(12.5));
    expect(gestures).toMatchObject([
      { kind: 'paint', rowId: 'ana', start: 12 * HOUR, end: 12.5 * HOUR, brush: LUNCH },
    ]);
  });

  it('opens the menu by right click and by the menu key, with the shift that is there', () => {
    const { bar, box, menus } = canvas();
    fireEvent.contextMenu(bar, { ...at(9), button: 2 });
    expect(menus[0]).toMatchObject({ rowId: 'ana', instant: 9 * HOUR, shift: { id: 's1' } });
    fireEvent.keyDown(box, { key: 'F10', shiftKey: true });
    expect(menus[1]).toMatchObject({ rowId: 'ana', instant: 9 * HOUR, shift: { id: 's1' } });
    fireEvent.keyDown(box, { key: 'ArrowDown' });
    fireEvent.keyDown(box, { key: 'ContextMenu' });
    expect(menus[2]).toMatchObject({ rowId: 'ben', shift: null });
  });

  it('gives a drag up with Escape', () => {
    const { bar, box, gestures, previews } = canvas();
    fireEvent.pointerDown(bar, at(10));
    fireEvent.pointerMove(bar, at(12));
    fireEvent.keyDown(box, { key: 'Escape' });
    fireEvent.pointerUp(bar, at(12));
    expect(previews.at(-1)).toBeNull();
    expect(gestures).toEqual([]);
  });

  it('pans by Space and a drag, and selects by Space alone', () => {
    const { bar, box, gestures, previews, commands } = canvas();
    box.focus();
    fireEvent.keyDown(box, { key: ' ' });
    fireEvent.pointerDown(bar, at(10));
    fireEvent.pointerMove(bar, { ...at(8), clientY: 2 });
    expect([box.scrollLeft, box.scrollTop]).toEqual([120, 3]);
    fireEvent.pointerUp(bar, at(8));
    fireEvent.keyUp(box, { key: ' ' });
    expect([gestures, previews, commands]).toEqual([[], [], []]);
    fireEvent.keyDown(box, { key: ' ' });
    fireEvent.keyUp(box, { key: ' ' });
    expect(commands).toEqual(['select']);
    // Without Space the same drag moves the shift.
    fireEvent.pointerDown(bar, at(10));
    fireEvent.pointerMove(bar, at(8));
    fireEvent.pointerUp(bar, at(8));
    expect(gestures).toHaveLength(1);
  });
});
