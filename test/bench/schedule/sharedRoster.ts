/** The best roster of several threads in shared memory: a lock, a cost, and the days of every agent. */
export class SharedRoster {
  readonly memory: SharedArrayBuffer;
  private readonly lock: Int32Array;
  private readonly cost: Float64Array;
  private readonly rows: Int8Array;
  private readonly agents: number;
  private readonly days: number;

  constructor(agents: number, days: number, memory?: SharedArrayBuffer) {
    this.memory = memory ?? new SharedArrayBuffer(24 + agents * days);
    this.lock = new Int32Array(this.memory, 0, 2);
    this.cost = new Float64Array(this.memory, 8, 2);
    this.rows = new Int8Array(this.memory, 24, agents * days);
    this.agents = agents;
    this.days = days;
    if (!memory) this.cost.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  }

  /** Set when a thread is done, so that the others stop. */
  get done(): boolean {
    return Atomics.load(this.lock, 1) === 1;
  }

  finish(): void {
    Atomics.store(this.lock, 1, 1);
  }

  publish(rows: readonly Int8Array[], cost: number): void {
    this.locked(() => {
      if (cost >= (this.cost[0] ?? 0)) return;
      this.cost[0] = cost;
      for (const [agent, row] of rows.entries()) this.rows.set(row, agent * this.days);
    });
  }

  betterThan(cost: number): Int8Array[] | null {
    if ((this.cost[0] ?? 0) >= cost - 1e-9) return null;
    return this.locked(() =>
      Array.from({ length: this.agents }, (_, i) => this.rows.slice(i * this.days, (i + 1) * this.days)),
    );
  }

  private locked<T>(work: () => T): T {
    while (Atomics.compareExchange(this.lock, 0, 0, 1) !== 0) Atomics.wait(this.lock, 0, 1, 1);
    try {
      return work();
    } finally {
      Atomics.store(this.lock, 0, 0);
      Atomics.notify(this.lock, 0);
    }
  }
}
