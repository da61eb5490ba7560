import { t } from '../locale/i18n.ts';

/**
 * Every shortcut of the product: the editors match events against this table and the `?` help draws it.
 * `Mod` is Ctrl, and Cmd on a Mac. Combinations that browsers own are avoided.
 */
export const KEYS = {
  help: { keys: ['?'], scope: 'everywhere' },
  undo: { keys: ['Mod+z'], scope: 'everywhere' },
  redo: { keys: ['Mod+Shift+z', 'Mod+y'], scope: 'everywhere' },
  filter: { keys: ['/'], scope: 'schedule' },
  focusUp: { keys: ['ArrowUp'], scope: 'grid' },
  focusDown: { keys: ['ArrowDown'], scope: 'grid' },
  focusLeft: { keys: ['ArrowLeft'], scope: 'grid' },
  focusRight: { keys: ['ArrowRight'], scope: 'grid' },
  rowStart: { keys: ['Home'], scope: 'grid' },
  rowEnd: { keys: ['End'], scope: 'grid' },
  pageUp: { keys: ['PageUp'], scope: 'grid' },
  pageDown: { keys: ['PageDown'], scope: 'grid' },
  extendUp: { keys: ['Shift+ArrowUp'], scope: 'intervalGrid' },
  extendDown: { keys: ['Shift+ArrowDown'], scope: 'intervalGrid' },
  extendLeft: { keys: ['Shift+ArrowLeft'], scope: 'intervalGrid' },
  extendRight: { keys: ['Shift+ArrowRight'], scope: 'intervalGrid' },
  fillDown: { keys: ['Mod+d'], scope: 'intervalGrid' },
  fillRight: { keys: ['Mod+r'], scope: 'intervalGrid' },
  menu: { keys: ['Shift+F10', 'ContextMenu'], scope: 'schedule' },
  open: { keys: ['Enter'], scope: 'schedule' },
  select: { keys: [' '], scope: 'schedule' },
  selectMore: { keys: ['Mod+ '], scope: 'schedule' },
  selectRow: { keys: ['Shift+ '], scope: 'schedule' },
  selectAll: { keys: ['Mod+a'], scope: 'schedule' },
  remove: { keys: ['Delete', 'Backspace'], scope: 'schedule' },
  copy: { keys: ['Mod+c'], scope: 'schedule' },
  cut: { keys: ['Mod+x'], scope: 'schedule' },
  paste: { keys: ['Mod+v'], scope: 'schedule' },
  duplicate: { keys: ['Mod+d'], scope: 'schedule' },
  nudgeLeft: { keys: ['Alt+ArrowLeft'], scope: 'schedule' },
  nudgeRight: { keys: ['Alt+ArrowRight'], scope: 'schedule' },
  nudgeUp: { keys: ['Alt+ArrowUp'], scope: 'schedule' },
  nudgeDown: { keys: ['Alt+ArrowDown'], scope: 'schedule' },
  shorten: { keys: ['Alt+Shift+ArrowLeft'], scope: 'schedule' },
  lengthen: { keys: ['Alt+Shift+ArrowRight'], scope: 'schedule' },
  moveMode: { keys: ['m'], scope: 'schedule' },
  create: { keys: ['n'], scope: 'schedule' },
  lock: { keys: ['l'], scope: 'schedule' },
  previousDay: { keys: ['['], scope: 'schedule' },
  nextDay: { keys: [']'], scope: 'schedule' },
  zoomIn: { keys: ['+', '='], scope: 'schedule' },
  zoomOut: { keys: ['-'], scope: 'schedule' },
  cancel: { keys: ['Escape'], scope: 'everywhere' },
} as const satisfies Record<string, { keys: readonly string[]; scope: KeyScope }>;

export type KeyScope = 'everywhere' | 'grid' | 'intervalGrid' | 'schedule';
export type CommandId = keyof typeof KEYS;

export const KEY_SCOPES: readonly KeyScope[] = ['everywhere', 'grid', 'intervalGrid', 'schedule'];

/** The parts of a keyboard event that decide. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const COMMANDS = Object.keys(KEYS) as CommandId[];

/** The command that a key press means within these scopes, or null; the first scope given wins. */
export function commandOf(press: KeyPress, scopes: readonly KeyScope[]): CommandId | null {
  for (const scope of scopes) {
    for (const id of COMMANDS) {
      const command = KEYS[id];
      if (command.scope === scope && command.keys.some(combination => matches(press, combination))) return id;
    }
  }
  return null;
}

function matches(press: KeyPress, combination: string): boolean {
  const parts = splitCombination(combination);
  const key = parts.at(-1) ?? '';
  const wanted = (name: string) => parts.slice(0, -1).includes(name);
  const mod = press.ctrlKey || press.metaKey;
  // A printable sign such as `?` carries Shift on most layouts, so Shift counts for named keys and letters only.
  const shiftCounts = key.length > 1 || /[a-z ]/i.test(key);
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    mod === wanted('Mod') &&
    press.altKey === wanted('Alt') &&
    (!shiftCounts || press.shiftKey === wanted('Shift'))
  );
}

function splitCombination(combination: string): string[] {
  return combination === '+' ? ['+'] : combination.split('+');
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
  Delete: 'Del',
  Escape: 'Esc',
  ContextMenu: 'Menu',
};

/** The keys of a combination as printed on key caps. */
export function keyCaps(combination: string, isMac: boolean): readonly string[] {
  return splitCombination(combination).map(part => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Alt' && isMac) return '⌥';
    return SYMBOLS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}

/** What a command does, in words. */
export function commandLabel(id: CommandId): string {
  return t(`keys.${id}`);
}
