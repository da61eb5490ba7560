// The public surface of the pure domain, in the order in which the data travels.

// Calendar
export * from './calendar/grid.ts';
export * from './calendar/opening.ts';
export * from './calendar/time.ts';

// History
export * from './history/series.ts';
