/** Which kinds of move a search may make. */
export type MoveKind = 'break' | 'shift' | 'day' | 'hours' | 'swap';

/** Shares of the kinds of move; they need not add up to 1. */
export type MoveMix = Readonly<Record<MoveKind, number>>;

export const FULL_MIX: MoveMix = { break: 0.4, shift: 0.34, day: 0.18, hours: 0.04, swap: 0.04 };
export const BREAKS_ONLY: MoveMix = { break: 1, shift: 0, day: 0, hours: 0, swap: 0 };
