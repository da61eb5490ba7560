/** What a solving process is told. */
export interface SolveTask {
  readonly set: 'roster24' | 'shift-design';
  readonly path: string;
  readonly seed: number;
  readonly timeLimitSeconds: number;
  readonly threads: number;
}

/** What it answers. `text` is the solution in the format's own form, null when none was found. */
export interface SolveAnswer {
  readonly text: string | null;
  readonly cost: number | null;
  readonly bound: number | null;
  readonly firstSeconds: number | null;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly note: string;
}

/** The answer when there is no solution. */
export function failed(note: string): SolveAnswer {
  const figures = { cost: null, bound: null, firstSeconds: null, cpuSeconds: 0, peakMegabytes: 0 };
  return { text: null, ...figures, note };
}
