// The public surface of the pure domain, in the order in which the data travels.

// Calendar
export * from './calendar/grid.ts';
export * from './calendar/opening.ts';
export * from './calendar/time.ts';

// Random
export * from './calendar/random.ts';
export * from './calendar/variates.ts';

// History
export * from './history/series.ts';
