import { z } from 'zod';
import { SAMPLE_SITE } from '../../../data/sample/centre.ts';
import { findSample, loadSample } from '../../../data/sample/loadSample.ts';
import { sampleLastDate } from '../../service/sample.ts';
import type { Task } from '../task.ts';

const inputSchema = z.object({ seed: z.int(), userId: z.string().nullable() });

/** Loads the sample centre. A run that finds it loaded has nothing left to do. */
export const sampleTask: Task = {
  kind: 'sample',
  run: async run => {
    const { seed, userId } = inputSchema.parse(run.job.input);
    const { store, now } = run.environment;
    const site =
      (await findSample(store.db)) ??
      (
        await loadSample(store.db, {
          seed,
          lastDate: sampleLastDate(now(), SAMPLE_SITE.timeZone),
          at: now(),
          userId,
          signal: run.signal,
          onProgress: share => run.progress(share, 'Making up the sample centre'),
        })
      ).site;
    return async () => ({ resultIds: [site.id] });
  },
};
