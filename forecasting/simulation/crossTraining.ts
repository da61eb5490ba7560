import { assertWhole } from '../staffing/errors.ts';
import type { QueueSkill } from './centreModel.ts';
import { type Estimate, RatioSums } from './estimate.ts';
import {
  goalLevelChange,
  REPLICATIONS,
  type ReplicationCounts,
  type SkillGroup,
  type SkillMixOptions,
  SkillMixRuns,
  type SkillQueue,
} from './skillMix.ts';
import { ANSWERED_WITHIN } from './tally.ts';

/** What teaching one agent of a group one more queue changes, with paired 95 % intervals. */
export interface CrossTrainingValue {
  readonly group: string;
  /** The queue learnt. */
  readonly queue: string;
  /** Calls per hour that are answered within their threshold and were not before, all queues together. */
  readonly answeredWithinPerHour: Estimate;
  /** Change of each queue's service level by its goal's definition, in the order of queues. */
  readonly goalLevelChange: readonly (Estimate | null)[];
}

/**
 * The marginal value of cross-training: for every group with agents and every queue it does not take, one agent
 * learns that queue. Both mixes meet the same callers, so the difference is known far better than either level.
 * Best first.
 *
 * @param level the new skill's level. Absent: 2, behind the agents whose first skill it is.
 * @throws RangeError naming the field that is out of range
 */
export function crossTrainingValues(
  queues: readonly SkillQueue[],
  groups: readonly SkillGroup[],
  agents: readonly number[],
  options: SkillMixOptions,
  level = 2,
): readonly CrossTrainingValue[] {
  const replications = options.replications ?? REPLICATIONS;
  assertWhole('replications', replications, 2);
  const runs = new SkillMixRuns(queues, groups, options);
  const before = runs.counts(agents, 0, replications);
  const values = groups.flatMap((group, g) =>
    queues
      .filter(queue => (agents[g] ?? 0) > 0 && !group.skills.some(skill => skill.queue === queue.id))
      .map(queue => {
        const skill: QueueSkill = { queue: queue.id, level };
        const trained = { id: `${group.id} + ${queue.id}`, skills: [...group.skills, skill] };
        const after = new SkillMixRuns(queues, [...groups, trained], options).counts(
          [...agents.map((n, i) => (i === g ? n - 1 : n)), 1],
          0,
          replications,
        );
        return {
          group: group.id,
          queue: queue.id,
          answeredWithinPerHour: gained(before, after, runs.measuredSeconds),
          goalLevelChange: queues.map(({ goal }, q) => goalLevelChange(goal, q, before, after)),
        };
      }),
  );
  return values.sort((a, b) => b.answeredWithinPerHour.value - a.answeredWithinPerHour.value);
}

function gained(
  before: readonly ReplicationCounts[],
  after: readonly ReplicationCounts[],
  measuredSeconds: number,
): Estimate {
  const sums = new RatioSums(1);
  const inTime = (rows: ReplicationCounts | undefined) =>
    (rows ?? []).reduce((sum, counts) => sum + (counts[ANSWERED_WITHIN] ?? 0), 0);
  before.forEach((rows, i) => {
    sums.add(0, ((inTime(after[i]) - inTime(rows)) * 3_600) / measuredSeconds, 1);
  });
  return sums.mean(0);
}
