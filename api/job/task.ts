import type { JsonValue } from '../../data/db/codec.ts';
import type { Db } from '../../data/db/connect.ts';
import type { Job } from '../../data/store/jobs.ts';
import type { JOB_KINDS } from '../contract/job.ts';
import type { Environment } from '../service/context.ts';
import type { ComputationInputs, ComputationName } from './computation/registry.ts';

export type JobKind = (typeof JOB_KINDS)[number];

/** What a running task can use. */
export interface TaskRun {
  readonly environment: Environment;
  readonly job: Job;
  /** Fires when the job was cancelled, or is to be put back because the process ends. */
  readonly signal: AbortSignal;
  /** Notes how far it is, 0 to 1, and what it is doing. */
  readonly progress: (share: number, stage: string) => void;
  /** Runs a computation of `compute.ts` in a worker thread: plain data in, plain data out. */
  readonly compute: <Output, Name extends ComputationName>(
    name: Name,
    input: ComputationInputs[Name],
    progress?: (share: number, stage: string) => void,
  ) => Promise<Output>;
}

/** What a finished task leaves behind. */
export interface TaskResult {
  readonly resultIds: readonly string[];
  readonly result?: JsonValue;
  /** What no transaction can take back, such as removing a file: done once the result is kept. */
  readonly afterwards?: () => Promise<void>;
}

/**
 * A kind of long work. `run` reads and computes and changes nothing; the function that it returns writes the result
 * in the same transaction that ends the job, under its fence, so that a job run twice leaves one result.
 */
export interface Task {
  readonly kind: JobKind;
  readonly run: (run: TaskRun) => Promise<(db: Db) => Promise<TaskResult>>;
}
