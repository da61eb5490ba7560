import { evaluateQueue } from '../staffing/evaluateQueue.ts';
import type { Load, ServiceThreshold } from '../staffing/load.ts';
import { costFromServiceLevel } from './intervalCost.ts';
import type { ServiceMeasure } from './offers.ts';

/** What a call is worth, in currency. */
export interface CallValue {
  /** Price of a call that is abandoned or blocked. */
  readonly lostCall: number;
  /** Price of a call that is not answered within the threshold (a lost call counts as late, too). */
  readonly lateCall: number;
  /** Price of one agent per hour beyond wages: what keeps idle agents from being free. */
  readonly agentPerHour: number;
}

/**
 * Cost tables of a queue from its service-level curve, one per interval, for `QueueRequirement.costTable`: the price of
 * expected lost and late calls with n agents, as the lower convex envelope. Null where nothing is offered (closed).
 * Intervals with equal loads share their computation.
 *
 * @throws StaffingError naming the field of a load that is not valid
 */
export function serviceCostTables(
  loads: readonly (Load | null)[],
  threshold: ServiceThreshold,
  value: CallValue,
): readonly (readonly number[] | null)[] {
  const known = new Map<string, readonly number[]>();
  return loads.map(load => {
    if (load === null) return null;
    const key = JSON.stringify(load);
    let table = known.get(key);
    if (!table) {
      table = tableOf(load, threshold, value);
      known.set(key, table);
    }
    return table;
  });
}

function tableOf(load: Load, threshold: ServiceThreshold, value: CallValue): readonly number[] {
  const erlangs = (load.calls * load.ahtSeconds) / load.intervalSeconds;
  // Six standard deviations above the load hardly anybody waits: the last slope is the price of an idle agent.
  const most = Math.ceil(erlangs + 6 * Math.sqrt(erlangs) + 6);
  return costFromServiceLevel(
    agents => {
      const metrics = evaluateQueue(load, agents, threshold);
      const lost = Math.min(1, metrics.abandonProbability + metrics.blockProbability);
      return {
        abandonedCalls: load.calls * lost,
        lateCalls: load.calls * (1 - metrics.serviceLevel.offered),
      };
    },
    most,
    {
      lostCall: value.lostCall,
      lateCall: value.lateCall,
      agentPerInterval: (value.agentPerHour * load.intervalSeconds) / 3600,
    },
  );
}

/** Service level (answered within the threshold ÷ offered) weighted by calls, for `mostValuableShifts`. */
export function serviceLevelMeasure(
  loads: readonly (readonly (Load | null)[])[],
  threshold: ServiceThreshold,
): ServiceMeasure {
  return (queueIndex, interval, agents) => {
    const load = loads[queueIndex]?.[interval] ?? null;
    if (load === null || load.calls === 0) return { met: 1, weight: 0 };
    return { met: evaluateQueue(load, agents, threshold).serviceLevel.offered, weight: load.calls };
  };
}
