import { EXPONENTIAL_ZIGGURAT, NORMAL_ZIGGURAT } from './ziggurat.ts';

const TWO_POW_MINUS_32 = 2 ** -32;
const TWO_POW_MINUS_53 = 2 ** -53;

/**
 * Seeded random numbers: xoshiro128** (Blackman & Vigna 2018), period 2^128 − 1.
 *
 * The same seed gives the same numbers on every machine. `stream(name)` gives an independent generator that
 * depends only on the seed and the path of names, never on how many numbers were drawn before; so one entity's
 * draws stay the same when another entity's change (common random numbers).
 */
export class RandomGenerator {
  readonly path: string;
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;

  /** Use `createRandom`. `state` is four 32-bit words, not all zero. */
  constructor(path: string, state: readonly [number, number, number, number]) {
    this.path = path;
    this.s0 = state[0] | 0;
    this.s1 = state[1] | 0;
    this.s2 = state[2] | 0;
    this.s3 = state[3] | 0;
    if ((this.s0 | this.s1 | this.s2 | this.s3) === 0) this.s0 = 1;
  }

  /** An independent generator named under this one. The name's length is part of the path: no two paths meet. */
  stream(name: string | number): RandomGenerator {
    const text = String(name);
    const path = `${this.path}/${text.length}:${text}`;
    return new RandomGenerator(path, hashToState(path));
  }

  /** The next 32 random bits, 0 … 2^32 − 1. */
  uint32(): number {
    const s1 = this.s1;
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const s2 = this.s2 ^ this.s0;
    const s3 = this.s3 ^ s1;
    this.s1 = s1 ^ s2;
    this.s0 ^= s3;
    this.s2 = s2 ^ (s1 << 9);
    this.s3 = (s3 << 11) | (s3 >>> 21);
    return result >>> 0;
  }

  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number {
    return this.uint32() * TWO_POW_MINUS_32 + (this.uint32() >>> 11) * TWO_POW_MINUS_53;
  }

  /** Uniform on (0, 1]: safe under a logarithm. */
  uniformPositive(): number {
    return 1 - this.uniform();
  }

  /**
   * Uniform whole number from 0 to `bound − 1`, without bias (Lemire's rejection on 32 bits).
   *
   * @throws RangeError unless `bound` is a whole number from 1 to 2^32.
   */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`bound must be a whole number from 1 to 2^32, got ${bound}`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word = this.uint32();
    while (word >= limit) word = this.uint32();
    return word % bound;
  }

  /** Exponential with mean 1 (ziggurat). */
  exponential(): number {
    const { edge, height, tailStart } = EXPONENTIAL_ZIGGURAT;
    for (;;) {
      const word = this.uint32();
      const layer = word & 255;
      const x = (this.uint32() * TWO_POW_MINUS_32 + (word >>> 11) * TWO_POW_MINUS_53) * edge[layer]!;
      if (x < edge[layer + 1]!) return x;
      if (layer === 0) return tailStart - Math.log(this.uniformPositive());
      const low = height[layer]!;
      if (low + this.uniform() * (height[layer + 1]! - low) < Math.exp(-x)) return x;
    }
  }

  /** Normal with mean 0 and standard deviation 1 (ziggurat). */
  normal(): number {
    const { edge, height } = NORMAL_ZIGGURAT;
    for (;;) {
      const word = this.uint32();
      const layer = word & 255;
      const sign = (word & 256) === 0 ? 1 : -1;
      const x = (this.uint32() * TWO_POW_MINUS_32 + (word >>> 11) * TWO_POW_MINUS_53) * edge[layer]!;
      if (x < edge[layer + 1]!) return sign * x;
      if (layer === 0) return sign * this.normalTail();
      const low = height[layer]!;
      if (low + this.uniform() * (height[layer + 1]! - low) < Math.exp(-0.5 * x * x)) return sign * x;
    }
  }

  /** Marsaglia's 1964 rejection for |x| beyond the last layer. */
  private normalTail(): number {
    const start = NORMAL_ZIGGURAT.tailStart;
    for (;;) {
      const x = -Math.log(this.uniformPositive()) / start;
      const y = -Math.log(this.uniformPositive());
      if (y + y >= x * x) return start + x;
    }
  }

  /** Fills `target` with the same numbers as repeated `exponential()`; the state stays in registers. */
  fillExponential(target: Float64Array): void {
    const { edge } = EXPONENTIAL_ZIGGURAT;
    let [s0, s1, s2, s3] = [this.s0, this.s1, this.s2, this.s3];
    for (let i = 0; i < target.length; i++) {
      const b0 = s0;
      const b1 = s1;
      const b2 = s2;
      const b3 = s3;
      let product = Math.imul(s1, 5);
      const word = Math.imul((product << 7) | (product >>> 25), 9);
      let shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
      product = Math.imul(s1, 5);
      const second = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
      const layer = word & 255;
      const x = (second * TWO_POW_MINUS_32 + (word >>> 11) * TWO_POW_MINUS_53) * edge[layer]!;
      if (x < edge[layer + 1]!) {
        target[i] = x;
        continue;
      }
      // Rare (1 in 90): draw this number again from its first word by the full method.
      this.restore(b0, b1, b2, b3);
      target[i] = this.exponential();
      [s0, s1, s2, s3] = [this.s0, this.s1, this.s2, this.s3];
    }
    this.restore(s0, s1, s2, s3);
  }

  private restore(s0: number, s1: number, s2: number, s3: number): void {
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }
}

/**
 * A generator from an explicit seed.
 *
 * @throws RangeError if a numeric seed is not a safe whole number.
 */
export function createRandom(seed: number | string): RandomGenerator {
  if (typeof seed === 'number' && !Number.isSafeInteger(seed)) {
    throw new RangeError(`seed must be a safe whole number or a text, got ${seed}`);
  }
  const path = typeof seed === 'number' ? `#${seed}` : `"${seed}"`;
  return new RandomGenerator(path, hashToState(path));
}

/** 128-bit hash of a text: four lanes, each multiplied and mixed with its neighbour, MurmurHash3's finaliser. */
function hashToState(text: string): [number, number, number, number] {
  let [a, b, c, d] = [0x3c6ef372, 0x510e527f, 0x1f83d9ab, 0x5be0cd19];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 0x239b961b);
    b = c ^ Math.imul(b ^ code, 0xab0e9789 | 0);
    c = d ^ Math.imul(c ^ code, 0x38b34ae5);
    d = a ^ Math.imul(d ^ code, 0xa1e38b93 | 0);
  }
  a = finalise(a + text.length);
  b = finalise(b ^ a);
  c = finalise(c ^ b);
  d = finalise(d ^ c);
  return [finalise(a ^ d), b, c, d];
}

function finalise(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
