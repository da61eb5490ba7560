import type { Estimate } from '../../../forecasting/simulation/estimate.ts';
import type { PlanInput } from '../../../forecasting/simulation/planModel.ts';
import { simulatePlan } from '../../../forecasting/simulation/simulatePlan.ts';
import type { Progress } from './registry.ts';

/** A roster and its demand, and how often to play it. */
export interface SimulationRequest {
  readonly input: PlanInput;
  readonly replications: number;
  readonly seed: number;
}

/** What the roster gives each queue, with 95 % intervals. */
export interface SimulationAnswer {
  readonly seed: number;
  readonly replications: number;
  readonly queues: readonly {
    readonly queueId: string;
    readonly serviceLevel: Estimate | null;
    readonly abandonmentRate: Estimate | null;
    readonly asaSeconds: Estimate | null;
    /** Chance that the whole plan meets the goal. */
    readonly chanceOfGoal: Estimate | null;
  }[];
}

/** Plays a roster many times over. */
export function computeSimulation(request: SimulationRequest, progress: Progress): SimulationAnswer {
  const { input, replications, seed } = request;
  const result = simulatePlan(input, {
    seed,
    replications,
    onProgress: (done, total) => progress(done / total, 'Simulating the published week'),
  });
  if (result.kind !== 'complete') throw new Error('the simulation ended before its time');
  return {
    seed,
    replications: result.replications,
    queues: result.queues.map(({ id, total }) => ({
      queueId: id,
      serviceLevel: total.goalLevel,
      abandonmentRate: total.abandonProbability,
      asaSeconds: total.asaSeconds,
      chanceOfGoal: total.goalProbability,
    })),
  };
}
