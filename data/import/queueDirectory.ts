import type { ImportMapping } from './mapping.ts';
import { ZoneClock } from './zoneClock.ts';

/** What an import needs to know of a queue. */
export interface ImportQueue {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly timeZone: string;
  readonly stepSeconds: number;
  readonly shortAbandonSeconds: number;
}

/** A queue as rows meet it: its clock, and the doubled hours seen so far. */
export interface TargetQueue {
  readonly queue: ImportQueue;
  readonly clock: ZoneClock;
  /** Wall-clock times of doubled hours that have had their first row. */
  readonly doubled: Set<number>;
}

/** The queue of a row: one, none by that name, or one that the mapping leaves out. */
export type QueueMatch = TargetQueue | 'unknown' | 'leftOut';

/** Finds queues by the names of a file: the mapping's own names first, then names and aliases in any case. */
export class QueueDirectory {
  readonly #byName = new Map<string, QueueMatch>();
  readonly #single: TargetQueue | undefined;

  constructor(queues: readonly ImportQueue[], mapping: ImportMapping) {
    const targets = queues.map(queue => ({
      queue,
      clock: new ZoneClock(mapping.timeZone ?? queue.timeZone),
      doubled: new Set<number>(),
    }));
    for (const target of targets) {
      for (const name of [target.queue.name, target.queue.id, ...target.queue.aliases])
        this.#byName.set(name.trim().toLowerCase(), target);
    }
    const byId = new Map(targets.map(target => [target.queue.id, target]));
    for (const [name, id] of Object.entries(mapping.queueNames)) {
      const target = id === null ? 'leftOut' : byId.get(id);
      if (target) this.#byName.set(name.trim().toLowerCase(), target);
    }
    this.#single = mapping.queueId === null ? undefined : byId.get(mapping.queueId);
  }

  /** The queue of every row, when no column says it. */
  get single(): TargetQueue | undefined {
    return this.#single;
  }

  /** The queue that a cell names. */
  find(name: string): QueueMatch {
    const exact = this.#byName.get(name);
    if (exact) return exact;
    const found = this.#byName.get(name.trim().toLowerCase()) ?? 'unknown';
    // Remember the spelling, so that the next row needs one look-up only.
    if (this.#byName.size < 10_000) this.#byName.set(name, found);
    return found;
  }
}
