import { PROBLEMS, type ProblemId } from '../contract/problem.ts';

/** One thing that is wrong with a request and how to mend it. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A use-case says no. The HTTP layer turns it into a problem+json answer, the command line into a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly id: ProblemId;
  readonly issues: readonly Issue[];
  /** What was found instead, for conflicts. */
  readonly current: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    id: ProblemId,
    detail?: string,
    more: {
      readonly issues?: readonly Issue[];
      readonly current?: unknown;
      readonly retryAfterSeconds?: number;
    } = {},
  ) {
    super(detail ?? PROBLEMS[id].title);
    this.id = id;
    this.issues = more.issues ?? [];
    this.current = more.current;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** The value, or a refusal that does not tell a missing thing from one that may not be seen. */
export function found<Value>(value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new Refusal('notFound');
  return value;
}
