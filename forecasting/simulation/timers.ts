/** A callback promised to a caller. */
export interface PromisedCallback {
  /** The queue whose caller it was promised to. */
  readonly origin: number;
  readonly promisedSeconds: number;
  readonly workSeconds: number;
  readonly interval: number;
  /** Attempts made so far. */
  readonly attempts: number;
}

export type Timer = { readonly time: number } & (
  | { readonly kind: 'offer'; readonly queue: number; readonly place: number }
  | { readonly kind: 'retry'; readonly promise: PromisedCallback }
  | { readonly kind: 'return'; readonly agent: number; readonly token: number }
);

/** Events that are set on the way, few in number: a binary heap, at equal times first set first out. */
export class Timers {
  private readonly heap: { readonly timer: Timer; readonly order: number }[] = [];
  private order = 0;

  earliestSeconds(): number {
    return this.heap[0]?.timer.time ?? Infinity;
  }

  set(timer: Timer): void {
    const { heap } = this;
    const entry = { timer, order: this.order++ };
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = heap[parent]!;
      if (above.timer.time <= timer.time) break;
      heap[hole] = above;
      hole = parent;
    }
    heap[hole] = entry;
  }

  take(): Timer | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (heap.length === 0) return first.timer;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child++;
      if (!earlier(heap[child]!, last)) break;
      heap[hole] = heap[child]!;
      hole = child;
    }
    heap[hole] = last;
    return first.timer;
  }
}

type Entry = { readonly timer: Timer; readonly order: number };

function earlier(a: Entry, b: Entry): boolean {
  return a.timer.time < b.timer.time || (a.timer.time === b.timer.time && a.order < b.order);
}
