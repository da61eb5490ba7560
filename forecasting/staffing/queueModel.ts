import {
  assertNonNegative,
  assertPositive,
  assertProbability,
  assertWhole,
  StaffingError,
} from './errors.ts';
import type { ChatLoad, Load, ServiceThreshold } from './load.ts';
import { type PatienceLaw, patienceLaw } from './patience.ts';

/** A validated load: rates per second, defaults filled in. */
export interface QueueModel {
  readonly calls: number;
  readonly intervalSeconds: number;
  readonly ahtSeconds: number;
  /** null: endless patience. */
  readonly law: PatienceLaw | null;
  /** Infinity: no limit. */
  readonly trunks: number;
  readonly redialProbability: number;
  readonly reconnectProbability: number;
  readonly rateCv: number;
  readonly chat: ChatLoad | null;
}

export const MOST_AGENTS = 10_000_000;
const MOST_TRUNKS = 1_000_000;

/** @throws StaffingError naming the offending field */
export function queueModel(load: Load): QueueModel {
  assertNonNegative('load.calls', load.calls);
  assertPositive('load.intervalSeconds', load.intervalSeconds);
  assertPositive('load.ahtSeconds', load.ahtSeconds);
  const trunks = load.trunks ?? Infinity;
  if (trunks !== Infinity) {
    assertWhole('load.trunks', trunks, 1);
    if (trunks > MOST_TRUNKS) throw new StaffingError('load.trunks', `must be at most ${MOST_TRUNKS}`);
  }
  const redialProbability = load.redialProbability ?? 0;
  const reconnectProbability = load.reconnectProbability ?? 0;
  const rateCv = load.rateCv ?? 0;
  assertProbability('load.redialProbability', redialProbability);
  assertProbability('load.reconnectProbability', reconnectProbability);
  if (reconnectProbability === 1) throw new StaffingError('load.reconnectProbability', 'must be below 1');
  assertNonNegative('load.rateCv', rateCv);
  if (load.chat !== undefined) assertChat(load.chat);
  return {
    calls: load.calls,
    intervalSeconds: load.intervalSeconds,
    ahtSeconds: load.ahtSeconds,
    law: patienceLaw(load.patience),
    trunks,
    redialProbability,
    reconnectProbability,
    rateCv,
    chat: load.chat ?? null,
  };
}

function assertChat(chat: ChatLoad): void {
  assertWhole('load.chat.maxConcurrent', chat.maxConcurrent, 1);
  if (chat.handleSecondsByLoad.length < chat.maxConcurrent) {
    throw new StaffingError(
      'load.chat.handleSecondsByLoad',
      'must have an entry for each number of contacts',
    );
  }
  chat.handleSecondsByLoad.forEach((seconds, i) => {
    assertPositive(`load.chat.handleSecondsByLoad[${i}]`, seconds);
  });
}

/** @throws StaffingError unless `agents` is a finite number ≥ 0, and whole for chat */
export function assertAgents(model: QueueModel, agents: number): void {
  assertNonNegative('agents', agents);
  if (agents > MOST_AGENTS) throw new StaffingError('agents', `must be at most ${MOST_AGENTS}`);
  if (model.chat !== null) assertWhole('agents', agents);
}

/** @throws StaffingError naming the threshold's field below `field` */
export function assertThreshold(threshold: ServiceThreshold, field: string): void {
  assertNonNegative(`${field}.answerWithinSeconds`, threshold.answerWithinSeconds);
  if (threshold.shortAbandonSeconds !== undefined) {
    assertNonNegative(`${field}.shortAbandonSeconds`, threshold.shortAbandonSeconds);
  }
}
