import { gridDays } from '../calendar/grid.ts';
import { assertProbability, StaffingError } from '../staffing/errors.ts';
import type { CentreModel, DutyStretch } from './centreModel.ts';
import type { CentreRun } from './centreRun.ts';
import { compileCentre } from './compileCentre.ts';
import { RatioSums } from './estimate.ts';
import type { PlanInput, PlanOptions, PlanSimulation } from './planModel.ts';
import { PlanQueueSums } from './planSums.ts';
import { replicate } from './replicate.ts';
import { runCentre } from './simulateCentre.ts';
import { BUSY_SECONDS, FIELD_COUNT } from './tally.ts';

const REPLICATIONS = 100;

/**
 * Simulates a roster against its demand: the service level that the plan delivers per queue, interval and day, with
 * 95 % intervals, breaks, skills, priorities and carry-over included. The grid is one run: what waits at midnight
 * waits on. Same input, options and seed: same result.
 *
 * @throws RangeError naming the field that is out of range
 */
export function simulatePlan(input: PlanInput, options: PlanOptions): PlanSimulation {
  checkPlan(input);
  const centre = compileCentre(centreOf(input));
  const days = gridDays(input.grid);
  const sums = input.queues.map((queue, i) => new PlanQueueSums(queue.goal, i, days, input.grid.count));
  const floor = new FloorSums(input.grid.count);
  const outcome = replicate(
    options,
    REPLICATIONS,
    (random, replication) => {
      const run = runCentre(centre, random, replication);
      for (const queue of sums) queue.add(run.counter.tally);
      floor.add(run);
    },
    () => 0,
  );
  const { replications } = outcome;
  if (outcome.kind === 'cancelled') return { kind: 'cancelled', replications };
  return {
    kind: 'complete',
    seed: options.seed,
    replications,
    queues: input.queues.map(({ id, goal }, i) => ({ id, goal, ...sums[i]!.result() })),
    ...floor.result(input.grid.stepSeconds),
  };
}

function checkPlan({ grid, queues }: PlanInput): void {
  queues.forEach(({ calls, goal }, i) => {
    if (calls.length !== grid.count) {
      throw new StaffingError(
        `queues[${i}].calls`,
        `must have ${grid.count} entries, one per interval; found ${calls.length}`,
      );
    }
    assertProbability(`queues[${i}].goal.target`, goal.target);
  });
}

/** Instants become seconds from the start of the grid. */
function centreOf({ grid, queues, agents, rules }: PlanInput): CentreModel {
  const shifted = ({ startSeconds, endSeconds, breaks }: DutyStretch): DutyStretch => ({
    startSeconds: startSeconds - grid.start,
    endSeconds: endSeconds - grid.start,
    breaks: (breaks ?? []).map(pause => ({
      startSeconds: pause.startSeconds - grid.start,
      endSeconds: pause.endSeconds - grid.start,
    })),
  });
  return {
    stepSeconds: grid.stepSeconds,
    queues: queues.map(({ goal, ...queue }) => {
      const { answerWithinSeconds, shortAbandonSeconds = answerWithinSeconds } = goal;
      return { ...queue, answerWithinSeconds, shortAbandonSeconds };
    }),
    agents: agents.map(({ skills, duty }) => ({ skills, duty: duty.map(shifted) })),
    ...(rules && { rules }),
  };
}

/** Staff and work per interval, all queues together. */
class FloorSums {
  private readonly staffed: Float64Array;
  private readonly busy: Float64Array;
  private readonly overrun = new RatioSums(1);
  private replications = 0;

  constructor(intervals: number) {
    this.staffed = new Float64Array(intervals);
    this.busy = new Float64Array(intervals);
  }

  add({ counter, duty }: CentreRun): void {
    this.replications++;
    this.overrun.add(0, duty.overrunSeconds, 1);
    const { queues, intervals, cells } = counter.tally;
    for (let i = 0; i < intervals; i++) {
      this.staffed[i]! += duty.staffedSeconds[i]!;
      for (let queue = 0; queue < queues; queue++) {
        this.busy[i]! += cells[(queue * intervals + i) * FIELD_COUNT + BUSY_SECONDS]!;
      }
    }
  }

  result(stepSeconds: number) {
    const { staffed, busy, replications } = this;
    return {
      staffedAgents: Array.from(staffed, seconds => seconds / replications / stepSeconds),
      occupancy: Array.from(staffed, (seconds, i) => (seconds > 0 ? Math.min(1, busy[i]! / seconds) : null)),
      overrunSeconds: this.overrun.mean(0),
    };
  }
}
