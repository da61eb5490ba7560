import type { RandomGenerator } from '../../../forecasting/calendar/random.ts';

/** One thing to feed. `weight` is its share of the inputs beside the other targets'. */
export interface Target {
  readonly name: string;
  readonly weight: number;
  /** Makes an input and feeds it; throws for anything but a plain answer. `shown` repeats the input for a report. */
  readonly feed: (random: RandomGenerator) => {
    readonly shown: () => string;
    readonly done: Promise<void> | void;
  };
}

/** A target whose inputs have one type. */
export function target<Input>(
  name: string,
  weight: number,
  make: (random: RandomGenerator) => Input,
  check: (input: Input, random: RandomGenerator) => Promise<void> | void,
): Target {
  return {
    name,
    weight,
    feed: random => {
      const input = make(random);
      const shown = () =>
        input instanceof Uint8Array ? Buffer.from(input).toString('base64') : JSON.stringify(input);
      try {
        return { shown, done: check(input, random) };
      } catch (error) {
        return { shown, done: Promise.reject(error) };
      }
    },
  };
}
