import { z } from 'zod';
import { findSchedule } from '../../../data/store/schedules.ts';
import { assignmentSchema } from '../../contract/assignment.ts';
import { draftShifts } from '../../service/draftShifts.ts';
import { storeProposal } from '../../service/proposals.ts';
import { found, Refusal } from '../../service/refusal.ts';
import { assertSolvable, readScheduleProblem } from '../../service/scheduleProblem.ts';
import type { ScheduleAnswer } from '../computation/schedule.ts';
import type { Task } from '../task.ts';

const inputSchema = z.object({
  resourceId: z.string(),
  mode: z.enum(['whole', 'repair', 'breaks']),
  agentIds: z.array(z.string()).nullable(),
  movesPerAgentDay: z.int(),
  bounded: z.boolean().default(true),
  seed: z.int(),
});

/** Computes shifts for a schedule and keeps them as a proposal; the draft stays as it is. */
export const scheduleTask: Task = {
  kind: 'schedule',
  run: async run => {
    const { resourceId, ...how } = inputSchema.parse(run.job.input);
    const { db } = run.environment.store;
    const schedule = found(await findSchedule(db, 'all', resourceId));
    const problem = await readScheduleProblem(db, schedule);
    assertSolvable(problem);
    const before = await draftShifts(db, schedule);
    const answer = await run.compute<ScheduleAnswer, 'schedule'>('schedule', {
      problem,
      draft: { assignments: before },
      ...how,
    });
    if (answer.kind === 'invalid') {
      const issues = answer.faults.map(({ path, message }) => ({ path, message }));
      throw new Refusal('unprocessable', issues.map(issue => `${issue.path}: ${issue.message}`).join('; '), {
        issues,
      });
    }
    return async write => {
      const shifts = (list: readonly unknown[]) => list.map(shift => assignmentSchema.parse(shift));
      await storeProposal(
        write,
        {
          proposal: {
            id: run.job.id,
            scheduleId: schedule.id,
            baseRevision: schedule.revision,
            status: 'open',
            createdAt: run.environment.now(),
            before: answer.before,
            after: answer.after,
            bound: answer.bound,
            seed: how.seed,
            softwareVersion: run.environment.version,
            explanation: [...answer.explanation],
          },
          before: shifts(before),
          after: shifts(answer.schedule.assignments),
        },
        run.environment.now(),
      );
      return { resultIds: [run.job.id] };
    };
  },
};
