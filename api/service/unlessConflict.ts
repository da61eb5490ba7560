import type { UpdateOutcome } from '../../data/db/update.ts';
import { Refusal } from './refusal.ts';

/** The new revision; a row that somebody else changed or that is not there becomes a refusal. */
export function unlessConflict(outcome: UpdateOutcome): number {
  if (outcome.kind === 'updated') return outcome.revision;
  if (outcome.kind === 'missing') throw new Refusal('notFound');
  throw new Refusal('stale', undefined, { current: { revision: outcome.revision } });
}
