/**
 * The part of a queue in which all agents are busy, seen by an arriving call. Weights are relative to the state
 * "all busy, nobody waiting" = 1 and are divided by e^logScale. V is the wait of an endlessly patient caller,
 * R the patience, W = min(V, R).
 */
export interface WaitingPart {
  readonly logScale: number;
  /** Arrivals that have to wait. */
  readonly waiting: number;
  /** Those that abandon. */
  readonly abandoned: number;
  /** Those that find no free line. */
  readonly blocked: number;
  /** Sum of W over the waiting arrivals, seconds. */
  readonly waitSum: number;
  /** Sum of W over those that are answered, seconds. */
  readonly servedWaitSum: number;
  /** Weight of V > t, t ≥ 0. */
  virtualBeyond(t: number): number;
  /** Weight of V > t and answered. */
  servedBeyond(t: number): number;
  /** Weight of 0 < V ≤ t, accurate also where it is tiny. */
  virtualWithin(t: number): number;
  /** Weight of 0 < V ≤ t and answered. */
  servedWithin(t: number): number;
}

/** Calls per second, and the rate at which agents free up while all are busy. */
export interface WaitingRates {
  readonly arrivalRate: number;
  readonly drainRate: number;
}
