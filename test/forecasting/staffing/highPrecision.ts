// Reference values for queues by birth–death sums in fixed-point arithmetic of about 480 decimal digits.

const BITS = 1600n;
const ONE = 1n << BITS;

/** A double as a fixed-point number, exactly (down to 2^−1600). */
export function fixed(value: number): bigint {
  if (value === 0) return 0n;
  const sign = value < 0 ? -1n : 1n;
  let mantissa = Math.abs(value);
  let shift = 0n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    shift += 1n;
  }
  return sign * ((BigInt(mantissa) << BITS) >> shift);
}

export const mul = (x: bigint, y: bigint): bigint => (x * y) >> BITS;
export const div = (x: bigint, y: bigint): bigint => (x << BITS) / y;

/** To a double, relative accuracy 1e-16 over the double range. */
export function toNumber(value: bigint): number {
  if (value === 0n) return 0;
  const digits = value.toString(2).replace('-', '').length;
  const drop = digits > 62 ? BigInt(digits - 62) : 0n;
  const top = Number(value >> drop);
  const exponent = Number(drop) - Number(BITS);
  const half = Math.trunc(exponent / 2);
  return top * 2 ** half * 2 ** (exponent - half);
}

/** e^x. */
export function exp(x: bigint): bigint {
  const halvings = 40n;
  const small = x >> halvings;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && k < 400n; k++) {
    term = mul(term, small) / k;
    if (term === -1n) break;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = mul(sum, sum);
  return sum;
}

export interface ReferenceCase {
  readonly calls: number;
  readonly intervalSeconds: number;
  readonly ahtSeconds: number;
  readonly agents: number;
  /** 0: endless. */
  readonly patienceSeconds: number;
  readonly trunks?: number;
  readonly answerWithinSeconds: number;
}

export interface ReferenceMetrics {
  readonly wait: number;
  readonly abandon: number;
  readonly block: number;
  readonly meanQueueLength: number;
  readonly asaSeconds: number;
  readonly occupancy: number;
  readonly answeredWithin: number;
  readonly virtualWithin: number;
  readonly virtualBeyond: number;
  readonly waitBeyond: number;
}

/** M/M/n/K + M from its definition: stationary states, then each waiting call's race of departures against T. */
export function birthDeathReference(input: ReferenceCase): ReferenceMetrics {
  const lambda = div(fixed(input.calls), fixed(input.intervalSeconds));
  const mu = div(ONE, fixed(input.ahtSeconds));
  const theta = input.patienceSeconds === 0 ? 0n : div(ONE, fixed(input.patienceSeconds));
  const n = BigInt(input.agents);
  const drain = n * mu;
  const t = fixed(input.answerWithinSeconds);
  let idle = 0n;
  let busySum = 0n;
  let term = ONE;
  for (let j = n; j > 0n; j--) {
    term = (term * j * mu) / lambda;
    idle += term;
    busySum += term * (j - 1n);
    if (term < ONE >> 1500n) break;
  }
  const room = input.trunks === undefined ? 1_000_000 : input.trunks - input.agents;
  const queue: bigint[] = [ONE];
  for (let j = 1; j <= room; j++) {
    const next = div(mul(queue[j - 1] ?? 0n, lambda), drain + BigInt(j) * theta);
    if (input.trunks === undefined && next < ONE >> 700n) break;
    queue.push(next);
  }
  const limited = input.trunks !== undefined && queue.length === room + 1;
  const accepted = limited ? queue.slice(0, -1) : queue;
  const blocked = limited ? (queue[queue.length - 1] ?? 0n) : 0n;
  const total = idle + queue.reduce((sum, weight) => sum + weight, 0n);
  // Departures among those ahead by T: negative binomial (Poisson without abandonment), for virtual and answered calls.
  const decay = exp(-mul(theta, t));
  const left = ONE - decay;
  let virtualCount = exp(-mul(drain, t));
  let servedCount = exp(-mul(drain + theta, t));
  let virtualBelow = virtualCount;
  let servedBelow = servedCount;
  let [wait, abandon, asa, answeredLate, virtualBeyond, passage] = [0n, 0n, 0n, 0n, 0n, 0n];
  accepted.forEach((weight, j) => {
    const i = BigInt(j);
    const rate = drain + (i + 1n) * theta;
    passage += div(ONE, rate);
    const answered = div(drain, rate);
    if (j > 0) {
      if (theta === 0n) {
        virtualCount = mul(virtualCount, mul(drain, t)) / i;
        servedCount = virtualCount;
      } else {
        virtualCount = mul(mul(virtualCount, left), div(drain + (i - 1n) * theta, theta)) / i;
        servedCount = mul(mul(servedCount, left), div(drain + i * theta, theta)) / i;
      }
      virtualBelow += virtualCount;
      servedBelow += servedCount;
    }
    wait += weight;
    abandon += weight - mul(weight, answered);
    asa += mul(mul(weight, answered), passage);
    answeredLate += mul(mul(weight, answered), ONE - servedBelow);
    virtualBeyond += mul(weight, virtualBelow);
  });
  const queueLength = queue.reduce((sum, weight, j) => sum + weight * BigInt(j), 0n);
  const served = total - abandon - blocked;
  const busy = busySum + n * (total - idle);
  return {
    wait: toNumber(div(wait, total)),
    abandon: toNumber(div(abandon, total)),
    block: toNumber(div(blocked, total)),
    meanQueueLength: toNumber(div(queueLength, total)),
    asaSeconds: toNumber(div(asa, served)),
    occupancy: toNumber(div(busy, total * n)),
    answeredWithin: toNumber(div(idle + answeredLate, total)),
    virtualWithin: toNumber(div(idle + wait - virtualBeyond, total)),
    virtualBeyond: toNumber(div(virtualBeyond, total)),
    waitBeyond: toNumber(div(mul(virtualBeyond, decay), total)),
  };
}

/** Erlang B by its recursion. */
export function erlangBReference(agents: number, load: number): number {
  const a = fixed(load);
  let inverse = ONE;
  for (let k = 1n; k <= BigInt(agents); k++) inverse = ONE + div(inverse * k, a);
  return toNumber(div(ONE, inverse));
}

/** |got − want| relative to want; 0 when both underflow. */
export function relativeError(got: number, want: number): number {
  if (got === want) return 0;
  if (Math.abs(want) < 1e-280) return Math.abs(got) < 1e-270 ? 0 : Infinity;
  return Math.abs(got - want) / Math.abs(want);
}
