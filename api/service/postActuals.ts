import { findQueue } from '../../data/store/queues.ts';
import { type QueueIntervals, writeIntervals } from '../../data/store/writeIntervals.ts';
import { type Context, mutate, reach } from './context.ts';
import { found, Refusal } from './refusal.ts';

type Column = readonly (number | null)[];

/** Finished intervals of one queue as columns; null leaves the interval or the measure unknown. */
export interface PostedActuals {
  readonly queueId: string;
  readonly start: number;
  readonly stepSeconds: number;
  readonly offered: Column;
  readonly handled?: Column | undefined;
  readonly abandoned?: Column | undefined;
  readonly handleSeconds?: Column | undefined;
  readonly answeredWithinTarget?: Column | undefined;
  readonly answerWaitSeconds?: Column | undefined;
}

const MEASURES = [
  'offered',
  'handled',
  'abandoned',
  'handleSeconds',
  'answeredWithinTarget',
  'answerWaitSeconds',
] as const;

/** Stores finished intervals as one batch, which can be undone like an import. Repeating a post changes nothing. */
export async function postActuals(context: Context, input: PostedActuals) {
  const scope = reach(context, 'actuals.write');
  assertColumns(input);
  return mutate(context, 'actuals.post', async db => {
    const queue = found(await findQueue(db, scope, input.queueId));
    if (input.stepSeconds !== queue.stepSeconds || input.start % queue.stepSeconds !== 0) {
      throw new Refusal(
        'invalid',
        `body.stepSeconds: this queue has intervals of ${queue.stepSeconds} s, starting on whole ones`,
      );
    }
    const outcome = await writeIntervals(db, {
      siteId: queue.siteId,
      source: 'api',
      queues: [{ queueNumber: queue.number, rows: rowsOf(input) }],
      userId: context.principal.userId,
      at: context.environment.now(),
    });
    const { batchId, rowsNew, rowsChanged, rowsSame } =
      outcome.kind === 'committed' ? outcome : { ...outcome, batchId: null, rowsNew: 0, rowsChanged: 0 };
    return {
      value: { batchId, rowsNew, rowsChanged, rowsSame },
      subjectKind: 'queue',
      subjectId: queue.id,
      siteId: queue.siteId,
      detail: { rowsNew, rowsChanged },
    };
  });
}

function assertColumns(input: PostedActuals): void {
  for (const name of MEASURES) {
    const column = input[name];
    if (column === undefined) continue;
    if (column.length !== input.offered.length) {
      throw new Refusal('invalid', `body.${name} must have as many values as body.offered`);
    }
    const negative = column.findIndex(value => value !== null && value < 0);
    if (negative >= 0) throw new Refusal('invalid', `body.${name}.${negative} must not be negative`);
  }
  const over = input.offered.findIndex(
    (offered, i) => offered !== null && (input.handled?.[i] ?? 0) > offered,
  );
  if (over >= 0) throw new Refusal('invalid', `body.handled.${over} is more than was offered`);
  if (input.offered.every(value => value === null))
    throw new Refusal('invalid', 'body.offered has no values');
}

function rowsOf(input: PostedActuals): QueueIntervals['rows'] {
  return input.offered.flatMap((offered, i) =>
    offered === null
      ? []
      : [
          {
            start: input.start + i * input.stepSeconds,
            offered,
            ...(input.handled && { handled: input.handled[i] ?? null }),
            ...(input.abandoned && { abandoned: input.abandoned[i] ?? null }),
            ...(input.answeredWithinTarget && { answeredWithin: input.answeredWithinTarget[i] ?? null }),
            ...(input.handleSeconds && { handleSeconds: input.handleSeconds[i] ?? null }),
            ...(input.answerWaitSeconds && { answerWaitSeconds: input.answerWaitSeconds[i] ?? null }),
          },
        ],
  );
}
