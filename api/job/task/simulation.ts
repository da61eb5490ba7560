import { z } from 'zod';
import { findPublication } from '../../../data/store/publications.ts';
import { findSchedule } from '../../../data/store/schedules.ts';
import { found } from '../../service/refusal.ts';
import { publicationDemand, storeSimulation } from '../../service/simulatePublication.ts';
import { asJson } from '../../service/storedQueue.ts';
import type { SimulationAnswer } from '../computation/simulation.ts';
import type { Task } from '../task.ts';

const inputSchema = z.object({ resourceId: z.string() });
const REPLICATIONS = 200;
const SEED = 1;

/** Plays a published week and keeps the service level that it gives beside it. */
export const simulationTask: Task = {
  kind: 'simulation',
  run: async run => {
    const { resourceId } = inputSchema.parse(run.job.input);
    const { db } = run.environment.store;
    const publication = found(await findPublication(db, 'all', resourceId));
    const schedule = found(await findSchedule(db, [publication.siteId], publication.scheduleId));
    const input = await publicationDemand(db, schedule, publication);
    if (input.queues.length === 0) return async () => ({ resultIds: [] });
    const answer = await run.compute<SimulationAnswer, 'simulation'>(
      'simulation',
      { input, replications: REPLICATIONS, seed: SEED },
      run.progress,
    );
    return async write => {
      await storeSimulation(write, publication, asJson(answer), run.environment.now());
      return { resultIds: [publication.id] };
    };
  },
};
