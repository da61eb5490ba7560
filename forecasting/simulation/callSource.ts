import type { RandomGenerator } from '../calendar/random.ts';
import { sampleGamma } from '../calendar/variates.ts';
import { ArrivalProcess, BLOCK } from './arrivals.ts';
import type { CentreQueue } from './centreModel.ts';
import { type Filler, patienceFiller, serviceFiller } from './law.ts';

/**
 * The calls of one queue, one after another. Arrival, patience, handle time and answer to a callback offer come
 * from streams of their own, so the k-th call is the same caller in every scenario with the same seed.
 */
export class CallSource {
  private readonly arrivals: ArrivalProcess;
  private readonly fillLimits: Filler;
  private readonly fillWorks: Filler;
  private readonly offers: RandomGenerator | null;
  private readonly ahtSeconds: number | readonly number[];
  private readonly limits = new Float64Array(BLOCK);
  private readonly works = new Float64Array(BLOCK);
  private position = 0;

  constructor(queue: CentreQueue, stepSeconds: number, replication: number, random: RandomGenerator) {
    const own = random.stream(queue.id);
    const gaps = own.stream('arrival');
    this.arrivals = new ArrivalProcess(
      callsOf(queue, replication, own),
      stepSeconds,
      target => gaps.fillExponential(target),
      queue.exactCounts ?? false,
    );
    this.fillLimits = patienceFiller(queue.patience, own.stream('patience'));
    this.fillWorks = serviceFiller(queue.service ?? { kind: 'exponential' }, own.stream('service'));
    this.offers = queue.callback ? own.stream('callback') : null;
    this.ahtSeconds = queue.chat ? 1 : queue.ahtSeconds;
    this.refill();
  }

  /** When the next call comes; Infinity if none is left. */
  get nextSeconds(): number {
    return this.arrivals.times[this.position]!;
  }

  get interval(): number {
    return this.arrivals.intervals[this.position]!;
  }

  get limit(): number {
    return this.limits[this.position]!;
  }

  get work(): number {
    return this.works[this.position]!;
  }

  /** Uniform draw that decides whether this caller takes a callback offer; one per call. */
  offerDraw(): number {
    return this.offers === null ? 1 : this.offers.uniform();
  }

  advance(): void {
    if (++this.position === BLOCK) this.refill();
  }

  private refill(): void {
    const count = this.arrivals.fill();
    this.fillLimits(this.limits);
    this.fillWorks(this.works);
    const { ahtSeconds, works } = this;
    const { intervals } = this.arrivals;
    if (typeof ahtSeconds === 'number') for (let i = 0; i < count; i++) works[i]! *= ahtSeconds;
    else for (let i = 0; i < count; i++) works[i]! *= ahtSeconds[intervals[i]!]!;
    this.position = 0;
  }
}

/** This replication's path of the forecast, times its draw of an uncertain rate. */
function callsOf(queue: CentreQueue, replication: number, random: RandomGenerator): readonly number[] {
  const path = queue.paths?.[replication % queue.paths.length] ?? queue.calls;
  const rateCv = queue.rateCv ?? 0;
  if (rateCv === 0) return path;
  const factor = sampleGamma(random.stream('rate'), 1 / rateCv ** 2, rateCv ** 2);
  return path.map(calls => calls * factor);
}
