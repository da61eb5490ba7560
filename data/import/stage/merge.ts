import type { ProblemLog } from '../problem.ts';
import type { ImportQueue } from '../queueDirectory.ts';
import { MEASURE_COLUMNS, type Stage, wholeNumber } from './stage.ts';

/** What an import changes, or would. */
export interface MergeCounts {
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsSame: number;
}

/** The stretch of each queue that an import touches. */
export interface QueueRange {
  readonly queueNumber: number;
  readonly firstStart: number;
  readonly lastStart: number;
}

const ALL = MEASURE_COLUMNS.join(', ');
const KEY = 'live.queue_number = staged.queue_number and live.start = staged.start';

/** Compares staged rows with the live ones and brings them over. All statements run alike on both databases. */
export class Merge {
  readonly #stage: Stage;
  readonly #given: readonly string[];
  #source: string;

  /** `given` says which measures the file has: the others of an interval that exists are left as they are. */
  constructor(stage: Stage, given: readonly boolean[]) {
    this.#stage = stage;
    this.#given = MEASURE_COLUMNS.filter((_, index) => given[index]);
    this.#source = stage.table;
  }

  /**
   * Makes one row per interval out of the staged ones: exact repeats count once, contradicting ones are reported
   * and left out, intervals finer than their queue's are summed.
   */
  async fold(
    queues: readonly ImportQueue[],
    fileStepSeconds: number | null,
    problems: ProblemLog,
  ): Promise<void> {
    const finer = fileStepSeconds === null ? [] : queues.filter(queue => queue.stepSeconds > fileStepSeconds);
    const repeated = await this.#count(
      `select count(*) as n from (select 1 from ${this.#stage.table} group by queue_number, start having count(*) > 1) as repeated`,
    );
    if (repeated === 0 && finer.length === 0) return;
    if (repeated > 0) await this.#reportRepeats(problems);
    const once = `select queue_number, start, min(line) as line, ${MEASURE_COLUMNS.map(column => `min(${column}) as ${column}`).join(', ')} from ${this.#stage.table} group by queue_number, start having not (${CONTRADICTS})`;
    const steps = queues
      .map(queue => `when ${queue.number} then ${finer.includes(queue) ? queue.stepSeconds : 1}`)
      .join(' ');
    const slot = `start / (case queue_number ${steps} else 1 end) * (case queue_number ${steps} else 1 end)`;
    await this.#stage.run(
      `insert into ${this.#stage.foldedTable} select queue_number, ${slot}, min(line), ${MEASURE_COLUMNS.map(column => `sum(${column})`).join(', ')} from (${once}) as once group by queue_number, ${slot}`,
    );
    this.#source = this.#stage.foldedTable;
  }

  async #reportRepeats(problems: ProblemLog): Promise<void> {
    const contradictions = await this.#stage.query(
      `select row.line as line from ${this.#stage.table} as row join (select queue_number, start from ${this.#stage.table} group by queue_number, start having ${CONTRADICTS}) as clash on clash.queue_number = row.queue_number and clash.start = row.start order by row.line limit 100000`,
    );
    for (const { line } of contradictions) problems.add('overlap', wholeNumber(line));
    const repeats = await this.#stage.query(
      `select max(line) as line, count(*) - 1 as more from ${this.#stage.table} group by queue_number, start having count(*) > 1 and not (${CONTRADICTS}) order by 1 limit 100000`,
    );
    for (const { line, more } of repeats)
      for (let i = 0; i < wholeNumber(more); i++) problems.add('duplicate', wholeNumber(line));
  }

  /** Counts what `apply` would do. */
  async counts(): Promise<MergeCounts> {
    const [row] = await this.#stage.query(
      `select count(*) as total, count(live.start) as known, coalesce(sum(case when live.start is not null and (${this.#differs('live', 'staged')}) then 1 else 0 end), 0) as changed from ${this.#source} as staged left join interval_history as live on ${KEY}`,
    );
    const total = wholeNumber(row?.total);
    const known = wholeNumber(row?.known);
    const rowsChanged = wholeNumber(row?.changed);
    return { rowsNew: total - known, rowsChanged, rowsSame: known - rowsChanged };
  }

  /** The stretch of each queue that the staged rows cover. */
  async ranges(): Promise<readonly QueueRange[]> {
    const rows = await this.#stage.query(
      `select queue_number, min(start) as first_start, max(start) as last_start from ${this.#source} group by queue_number order by queue_number`,
    );
    return rows.map(row => ({
      queueNumber: wholeNumber(row.queue_number),
      firstStart: wholeNumber(row.first_start),
      lastStart: wholeNumber(row.last_start),
    }));
  }

  /** Writes the staged rows, keeping every row that they replace. Must run inside the import's transaction. */
  async apply(batchNumber: number): Promise<MergeCounts> {
    const rowsChanged = await this.#stage.run(
      `insert into import_replaced (batch_number, queue_number, start, ${ALL}, previous_batch_number) select ${batchNumber}, live.queue_number, live.start, ${MEASURE_COLUMNS.map(column => `live.${column}`).join(', ')}, live.batch_number from ${this.#source} as staged join interval_history as live on ${KEY} where ${this.#differs('live', 'staged')}`,
    );
    const assignments = this.#given.map(column => `${column} = excluded.${column}`).join(', ');
    const written = await this.#stage.run(
      `insert into interval_history (queue_number, start, ${ALL}, batch_number) select queue_number, start, ${ALL}, ${batchNumber} from ${this.#source} where true order by queue_number, start on conflict (queue_number, start) do update set ${assignments}, batch_number = ${batchNumber} where ${this.#differs('interval_history', 'excluded')}`,
    );
    const total = await this.#count(`select count(*) as n from ${this.#source}`);
    return { rowsNew: written - rowsChanged, rowsChanged, rowsSame: total - written };
  }

  #differs(left: string, right: string): string {
    return this.#given.map(column => `${left}.${column} is distinct from ${right}.${column}`).join(' or ');
  }

  async #count(sql: string): Promise<number> {
    const [row] = await this.#stage.query(sql);
    return wholeNumber(row?.n);
  }
}

/** Whether the rows of a group differ in any measure: unequal values, or a value in some of them only. */
const CONTRADICTS = MEASURE_COLUMNS.map(
  column => `coalesce(min(${column}) <> max(${column}), false) or count(${column}) not in (0, count(*))`,
)
  .map(test => `(${test})`)
  .join(' or ');
