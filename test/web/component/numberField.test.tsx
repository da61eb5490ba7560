import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NumberField } from '../../../web/component/NumberField.tsx';
import { giveElementsASize } from './layout.ts';

/** A field from 1 to 50 with what it was told to change; `clear` counts as null. */
function field(value: number | undefined, percent: boolean, canClear: boolean) {
  const changes: (number | null)[] = [];
  render(
    <MantineProvider>
      <NumberField
        label="Limit"
        percent={percent}
        min={1}
        max={50}
        value={value}
        onChange={next => changes.push(next)}
        {...(canClear && { onClear: () => changes.push(null) })}
      />
    </MantineProvider>,
  );
  const input = screen.getByLabelText<HTMLInputElement>('Limit');
  return { changes, input, type: (text: string) => fireEvent.change(input, { target: { value: text } }) };
}

describe('a number to type', () => {
  beforeAll(() => giveElementsASize());
  afterEach(cleanup);

  it('counts in range only: what is half typed changes nothing', () => {
    const { changes, type } = field(20, false, false);
    type('0');
    type('500');
    type('-');
    expect(changes).toEqual([]);
    type('30');
    expect(changes).toEqual([30]);
  });

  it('shows a share as per cent and gives it back as a share', () => {
    const { changes, input, type } = field(0.125, true, false);
    expect(input.value).toBe('12.5');
    type('7.5');
    expect(changes).toEqual([0.075]);
  });

  it('is emptied only where there may be no number', () => {
    const kept = field(20, false, false);
    kept.type('');
    expect(kept.changes).toEqual([]);
    cleanup();
    const cleared = field(20, false, true);
    cleared.type('');
    expect(cleared.changes).toEqual([null]);
    cleanup();
    expect(field(undefined, false, true).input.value).toBe('');
  });
});
