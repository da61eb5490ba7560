import { describe, expect, it } from 'vitest';
import { type CommandId, commandLabel, commandOf, KEYS, type KeyPress } from '../../../web/lib/keys.ts';

function press(combination: string): KeyPress {
  const parts = combination === '+' ? ['+'] : combination.split('+');
  const key = parts.at(-1) ?? '';
  const held = parts.slice(0, -1);
  return {
    key,
    ctrlKey: held.includes('Mod'),
    metaKey: false,
    altKey: held.includes('Alt'),
    shiftKey: held.includes('Shift'),
  };
}

describe('the table of keys', () => {
  const ids = Object.keys(KEYS) as CommandId[];

  it.each(ids)('%s is found by each of its combinations and has words', id => {
    for (const combination of KEYS[id].keys) expect(commandOf(press(combination), [KEYS[id].scope])).toBe(id);
    expect(commandLabel(id)).not.toContain('keys.');
  });

  it('gives no combination two meanings within a scope', () => {
    const seen = new Map<string, CommandId>();
    for (const id of ids) {
      for (const combination of KEYS[id].keys) {
        const place = `${KEYS[id].scope} ${combination}`;
        expect(seen.get(place), place).toBeUndefined();
        seen.set(place, id);
      }
    }
  });

  it('leaves to the browser what browsers own', () => {
    for (const combination of ['Mod+t', 'Mod+w', 'Mod+n', 'Mod+p', 'Mod+f', 'Mod+l']) {
      expect(commandOf(press(combination), ['everywhere', 'grid', 'intervalGrid', 'schedule'])).toBeNull();
    }
  });
});
