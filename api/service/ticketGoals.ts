import type { Db } from '../../data/db/connect.ts';
import { readSetting, writeSetting } from '../../data/store/settings.ts';
import { findSite } from '../../data/store/sites.ts';
import { type TicketGoals, ticketGoalsSchema } from '../contract/felt.ts';
import { assertReaches, type Context, mutate } from './context.ts';
import { found } from './refusal.ts';

const NAME = 'ticketGoals';

/** What a site promises until it says otherwise. */
const USUAL: TicketGoals = { mostOpen: 50, answerWithinMinutes: 30 };

/** What a site promises about its tickets. */
export async function readTicketGoals(context: Context, siteId: string): Promise<TicketGoals> {
  assertReaches(context, 'report.read', siteId);
  const { db } = context.environment.store;
  found(await findSite(db, 'all', siteId));
  return goalsOf(db, siteId);
}

async function goalsOf(db: Db, siteId: string): Promise<TicketGoals> {
  const stored = ticketGoalsSchema.safeParse(await readSetting(db, siteId, NAME));
  return stored.success ? stored.data : USUAL;
}

/** Changes what a site promises about its tickets. */
export async function changeTicketGoals(
  context: Context,
  siteId: string,
  { mostOpen, answerWithinMinutes }: TicketGoals,
): Promise<TicketGoals> {
  assertReaches(context, 'report.manage', siteId);
  return mutate(context, 'ticketGoals.put', async db => {
    found(await findSite(db, 'all', siteId));
    const before = await goalsOf(db, siteId);
    const after = { mostOpen, answerWithinMinutes };
    await writeSetting(db, {
      scope: siteId,
      name: NAME,
      value: after,
      at: context.environment.now(),
      userId: context.principal.userId,
    });
    return { value: after, subjectKind: 'ticketGoals', subjectId: siteId, siteId, detail: { before, after } };
  });
}
