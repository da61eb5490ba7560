import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CellChange } from '../../../web/component/intervalGrid/cells.ts';
import { IntervalGrid } from '../../../web/component/intervalGrid/IntervalGrid.tsx';
import { giveElementsASize } from './layout.ts';

const VALUES = [
  [10, 20],
  [30, null],
  [60, 40],
];

/** The grid as a page holds it, and what it asked to change. */
function grid() {
  const edits: { readonly changes: readonly CellChange[]; readonly label: string }[] = [];
  const messages: string[] = [];
  render(
    <IntervalGrid
      label="Calls"
      rowLabels={['08:00', '08:15', '08:30']}
      columnLabels={['Mon', 'Tue']}
      valueAt={(row, column) => VALUES[row]?.[column] ?? null}
      markAt={(row, column) => (VALUES[row]?.[column] === null ? 'closed' : null)}
      format={String}
      columnTotals={[100, 60]}
      onEdit={(changes, label) => edits.push({ changes, label })}
      onMessage={text => messages.push(text)}
    />,
  );
  return { edits, messages, box: screen.getByRole('grid') };
}

beforeAll(() => giveElementsASize());
afterEach(cleanup);

describe('the interval grid', () => {
  it('takes a block pasted from a spreadsheet, leaves closed cells and says what it could not read', () => {
    const { edits, messages, box } = grid();
    fireEvent.paste(box, { clipboardData: { getData: () => '1\t2\n3\t4\nfive\t6' } });
    expect(edits[0]?.changes).toEqual([
      { row: 0, column: 0, value: 1 },
      { row: 0, column: 1, value: 2 },
      { row: 1, column: 0, value: 3 },
      { row: 2, column: 1, value: 6 },
    ]);
    expect(messages[0]).toMatch(/1 pasted cell was not a number/);
  });

  it('raises what is selected by a percentage that is typed', () => {
    const { edits, box } = grid();
    fireEvent.keyDown(box, { key: 'ArrowDown', shiftKey: true });
    fireEvent.keyDown(box, { key: '+' });
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: '+10%' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(edits[0]?.changes.map(change => change.value)).toEqual([11, 33]);
    expect(edits[0]?.changes.map(change => change.row)).toEqual([0, 1]);
  });

  it('spreads a new day total over the day in its own shape', () => {
    const { edits } = grid();
    fireEvent.click(screen.getByRole('button', { name: /^Total of Mon/ }));
    const field = screen.getByRole('textbox', { name: 'Total of Mon' });
    fireEvent.change(field, { target: { value: '200' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(edits[0]?.changes.map(change => change.value)).toEqual([20, 60, 120]);
  });
});
