/** What was noticed in a history. */
export type HistoryFindingKind =
  | 'gap'
  | 'duplicate-rows'
  | 'overlap'
  | 'unordered'
  | 'negative'
  | 'fractional'
  | 'not-a-number'
  | 'mixed-step'
  | 'off-grid'
  | 'outage'
  | 'spike'
  | 'level-shift'
  | 'copied-day'
  | 'doubled-day'
  | 'abnormal-day'
  | 'stopped';

/**
 * What was done about it.
 * - `none`: reported only.
 * - `set-missing`: the values became missing in the cleaned series.
 * - `repaired`: the rows were merged, ordered or moved so that they fit the grid.
 * - `weight-zero`: the values stay, the models do not learn from the day.
 */
export type HistoryAction = 'none' | 'set-missing' | 'repaired' | 'weight-zero';

/** One observation about a history: what, where, what was done and why. */
export interface HistoryFinding {
  /** Stable across runs on the same data, so that a person's decision to keep the values can refer to it. */
  readonly id: string;
  readonly kind: HistoryFindingKind;
  readonly action: HistoryAction;
  readonly fromEpochSeconds: number;
  /** End, exclusive. */
  readonly toEpochSeconds: number;
  /** Rows or intervals concerned. */
  readonly affected: number;
  /** One sentence for a planner: what was found, what was done, and why. */
  readonly message: string;
  /** Contacts observed over the stretch, where a comparison was made. */
  readonly observed?: number;
  /** Contacts that comparable days would have brought. */
  readonly expected?: number;
}

/** Builds a finding whose id follows from its kind and place. */
export function findingOf(finding: Omit<HistoryFinding, 'id'>): HistoryFinding {
  return { id: `${finding.kind}:${finding.fromEpochSeconds}:${finding.toEpochSeconds}`, ...finding };
}
