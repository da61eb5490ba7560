import { purgeJobs } from '../../data/store/jobs.ts';
import { purgeLoginAttempts } from '../../data/store/loginAttempts.ts';
import { purgeSessions } from '../../data/store/sessions.ts';
import { purgeSettings } from '../../data/store/settings.ts';
import type { Environment } from './context.ts';
import { purgeUploads } from './uploads.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** Failed sign-ins matter for a quarter of an hour; a day of them is kept to look at. */
const KEEP_ATTEMPTS_SECONDS = 86_400;
/** A begun single sign-on may be finished within minutes; its mark against replay is kept for a day. */
const KEEP_STATES_SECONDS = 86_400;
/** What jobs made is kept elsewhere; how they went is of interest for a quarter of a year. */
const KEEP_JOBS_SECONDS = 92 * 86_400;

/** Throws away what has expired: sessions, sign-in attempts, old jobs, uploads that nobody committed. */
export async function tidyUp(environment: Environment): Promise<void> {
  const { store, now } = environment;
  await purgeSessions(store.db, now());
  await purgeLoginAttempts(store.db, now() - KEEP_ATTEMPTS_SECONDS);
  await purgeSettings(store.db, { scope: 'sso' }, now() - KEEP_STATES_SECONDS);
  await purgeJobs(store.db, now() - KEEP_JOBS_SECONDS);
  await purgeUploads(environment);
}

/** Tidies up now and every hour; returns how to stop. A failure is logged and tried again an hour later. */
export function startMaintenance(environment: Environment): () => Promise<void> {
  let running = Promise.resolve();
  const run = () => {
    running = tidyUp(environment).catch((error: unknown) =>
      environment.log.warn({ error }, 'tidying up failed'),
    );
  };
  run();
  const timer = setInterval(run, HOUR_MILLISECONDS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
