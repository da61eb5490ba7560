import type { AgentRow } from './dive.ts';

/** Whole rosters of single agents worth trying again, the latest kept. */
export class ColumnPool {
  private readonly rows: Map<string, Int8Array>[];
  private readonly most: number;

  constructor(agents: number, most: number) {
    this.rows = Array.from({ length: agents }, () => new Map<string, Int8Array>());
    this.most = most;
  }

  add({ agent, row }: AgentRow): void {
    const rows = this.rows[agent];
    if (!rows) return;
    const key = row.join();
    rows.delete(key);
    rows.set(key, row.slice());
    for (const oldest of rows.keys()) {
      if (rows.size <= this.most) break;
      rows.delete(oldest);
    }
  }

  of(agents: readonly number[]): AgentRow[] {
    return agents.flatMap(agent => [...(this.rows[agent]?.values() ?? [])].map(row => ({ agent, row })));
  }
}
