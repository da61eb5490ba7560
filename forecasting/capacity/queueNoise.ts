import { normalCdf } from '../staffing/numeric/normal.ts';

/** How much sums over the calls of an interval scatter by chance while rate and staff stand still, per second. */
export interface QueueNoise {
  /** Of Σ (answered in time − service level). */
  readonly serviceLevel: number;
  /** Of Σ (abandoned − abandonment). */
  readonly abandonment: number;
  /** Of Σ over calls of (wait if answered − its mean), in seconds². */
  readonly wait: number;
}

interface Mark {
  readonly mean: number;
  /** Variance of the call's own mark, given how many it finds. */
  readonly own: number;
}

/**
 * Chance alone moves the figures of a week: a queue remembers a rush for minutes, so that the calls of a rush share
 * their fate. For marks f(i) of a call that finds i others in the system, the sum of f − E f over a long time t has
 * variance σ² t. With the solution Δg_j = −Σ_{i ≤ j} (f_i − E f) π_i ÷ π_j of Poisson's equation of the birth-death
 * chain, the martingale's jumps give σ² = λ Σ π_i [(f_i − E f + Δg_i)² + Δg_i²] (Whitt 1992, Asymptotic formulas for
 * Markov processes with applications to simulation); the calls' own scatter λ Σ π_i Var(mark | i) comes on top.
 *
 * @param agents whole, ≥ 1
 */
export function queueNoise(
  arrivalRate: number,
  ahtSeconds: number,
  patienceSeconds: number | null,
  agents: number,
  answerWithinSeconds: number,
): QueueNoise {
  const chain = new WaitChain(arrivalRate, ahtSeconds, patienceSeconds, agents, answerWithinSeconds);
  return {
    serviceLevel: chain.variance(i => bernoulli(chain.inTime(i))),
    abandonment: chain.variance(i => bernoulli(1 - chain.servedShare(i))),
    wait: chain.variance(i => chain.waited(i)),
  };
}

function bernoulli(chance: number): Mark {
  return { mean: chance, own: chance * (1 - chance) };
}

/** States beyond this share of the likeliest one do not count. */
const NEGLIGIBLE = 1e-10;
const MOST_STATES = 4000;

class WaitChain {
  readonly #arrivalRate: number;
  readonly #agents: number;
  readonly #within: number;
  readonly #drainRate: number;
  readonly #patienceRate: number;
  readonly #first: number;
  readonly #shares: number[] = [];
  /** Mean and variance of the wait of a call that finds all agents busy and j waiting. */
  readonly #meanWait: number[] = [];
  readonly #waitVariance: number[] = [];

  constructor(
    arrivalRate: number,
    ahtSeconds: number,
    patienceSeconds: number | null,
    agents: number,
    within: number,
  ) {
    this.#arrivalRate = arrivalRate;
    this.#agents = agents;
    this.#within = within;
    this.#drainRate = agents / ahtSeconds;
    this.#patienceRate = patienceSeconds === null ? 0 : 1 / patienceSeconds;
    const load = arrivalRate * ahtSeconds;
    const mode = Math.min(load, agents);
    this.#first = Math.max(0, Math.floor(mode - 8 * Math.sqrt(mode) - 4));
    let share = 1;
    let largest = 1;
    let sum = 0;
    for (let i = this.#first; this.#shares.length < MOST_STATES; i++) {
      this.#shares.push(share);
      sum += share;
      largest = Math.max(largest, share);
      const leaving =
        i + 1 <= agents ? (i + 1) / ahtSeconds : this.#drainRate + (i + 1 - agents) * this.#patienceRate;
      const next = (share * arrivalRate) / leaving;
      if (next < share && i >= agents && next < NEGLIGIBLE * largest) break;
      share = next;
    }
    for (let k = 0; k < this.#shares.length; k++) this.#shares[k] = (this.#shares[k] ?? 0) / sum;
    this.#followWaits(this.#first + this.#shares.length - agents);
  }

  #followWaits(count: number): void {
    let mean = 0;
    let variance = 0;
    for (let j = 0; j < count; j++) {
      const stage = 1 / (this.#drainRate + j * this.#patienceRate);
      mean += stage;
      variance += stage * stage;
      this.#meanWait.push(mean);
      this.#waitVariance.push(variance);
    }
  }

  /** Chance that a call that finds i is answered at all. */
  servedShare(i: number): number {
    if (i < this.#agents) return 1;
    return this.#drainRate / (this.#drainRate + (i - this.#agents + 1) * this.#patienceRate);
  }

  /** Chance that it is answered within the time: the wait as a normal law. */
  inTime(i: number): number {
    if (i < this.#agents) return 1;
    const j = i - this.#agents;
    const mean = this.#meanWait[j] ?? Infinity;
    const spread = Math.sqrt(this.#waitVariance[j] ?? 1);
    return (
      normalCdf((this.#within - mean) / spread) * Math.exp(-this.#patienceRate * Math.min(mean, this.#within))
    );
  }

  waited(i: number): Mark {
    if (i < this.#agents) return { mean: 0, own: 0 };
    const j = i - this.#agents;
    const mean = this.#meanWait[j] ?? 0;
    const share = this.servedShare(i);
    return {
      mean: mean * share,
      own: share * ((this.#waitVariance[j] ?? 0) + mean * mean) - (mean * share) ** 2,
    };
  }

  variance(mark: (i: number) => Mark): number {
    const shares = this.#shares;
    const means = new Float64Array(shares.length);
    let overall = 0;
    let own = 0;
    for (let k = 0; k < shares.length; k++) {
      const found = mark(this.#first + k);
      means[k] = found.mean;
      overall += (shares[k] ?? 0) * found.mean;
      own += (shares[k] ?? 0) * found.own;
    }
    let below = 0;
    let jumps = 0;
    for (let k = 0; k < shares.length; k++) {
      const share = shares[k] ?? 0;
      const deviation = (means[k] ?? 0) - overall;
      below += deviation * share;
      if (!(share > 0)) continue;
      const step = -below / share;
      // Beyond the states kept, what is left of the sum is rounding.
      const kept = share > NEGLIGIBLE ? step : 0;
      jumps += share * ((deviation + kept) ** 2 + kept ** 2);
    }
    return this.#arrivalRate * (jumps + own);
  }
}
