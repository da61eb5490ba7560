import {
  assertNonNegative,
  assertPositive,
  assertProbability,
  assertWhole,
  StaffingError,
} from '../staffing/errors.ts';
import type { CallbackOffer, CentreAgent, CentreModel, CentreQueue, DutyStretch } from './centreModel.ts';

/** @throws RangeError naming the first field out of range, as `queues[1].ahtSeconds`. */
export function checkCentre(model: CentreModel): void {
  assertPositive('stepSeconds', model.stepSeconds);
  assertNonNegative('rules.noNewCallsSeconds', model.rules?.noNewCallsSeconds ?? 0);
  if (model.queues.length === 0) throw new StaffingError('queues', 'must hold at least one queue');
  const intervals = model.queues[0]?.calls.length ?? 0;
  if (intervals === 0) throw new StaffingError('queues[0].calls', 'must hold at least one interval');
  const deferred = new Set(model.queues.filter(queue => queue.deferred).map(queue => queue.id));
  const seen = new Set<string>();
  model.queues.forEach((queue, i) => {
    if (seen.has(queue.id)) throw new StaffingError(`queues[${i}].id`, `is used twice; found "${queue.id}"`);
    seen.add(queue.id);
    checkQueue(queue, intervals, deferred, `queues[${i}]`);
  });
  model.agents.forEach((agent, i) => {
    checkAgent(agent, `agents[${i}]`);
  });
}

function checkQueue(
  queue: CentreQueue,
  intervals: number,
  deferred: ReadonlySet<string>,
  field: string,
): void {
  checkCounts(queue.calls, intervals, queue.exactCounts ?? false, `${field}.calls`);
  if (queue.paths?.length === 0) throw new StaffingError(`${field}.paths`, 'must hold at least one path');
  queue.paths?.forEach((path, i) => {
    checkCounts(path, intervals, queue.exactCounts ?? false, `${field}.paths[${i}]`);
  });
  assertNonNegative(`${field}.rateCv`, queue.rateCv ?? 0);
  if (queue.rateCv && queue.exactCounts) {
    throw new StaffingError(`${field}.rateCv`, 'must be absent with exactCounts');
  }
  if (typeof queue.ahtSeconds === 'number') assertPositive(`${field}.ahtSeconds`, queue.ahtSeconds);
  else {
    checkLength(queue.ahtSeconds, intervals, `${field}.ahtSeconds`);
    queue.ahtSeconds.forEach((aht, i) => {
      assertPositive(`${field}.ahtSeconds[${i}]`, aht);
    });
  }
  assertNonNegative(`${field}.answerWithinSeconds`, queue.answerWithinSeconds);
  assertNonNegative(`${field}.shortAbandonSeconds`, queue.shortAbandonSeconds ?? 0);
  if (!Number.isFinite(queue.priority ?? 1))
    throw new StaffingError(`${field}.priority`, 'must be a finite number');
  if (queue.callback) checkCallback(queue.callback, deferred, `${field}.callback`);
  if (queue.chat && queue.callback)
    throw new StaffingError(`${field}.callback`, 'is an offer to callers, not to chats');
  if (queue.chat) {
    assertWhole(`${field}.chat.maxConcurrent`, queue.chat.maxConcurrent, 1);
    if (queue.chat.handleSecondsByLoad.length < queue.chat.maxConcurrent) {
      throw new StaffingError(
        `${field}.chat.handleSecondsByLoad`,
        'must have an entry for each of maxConcurrent',
      );
    }
    queue.chat.handleSecondsByLoad.forEach((seconds, i) => {
      assertPositive(`${field}.chat.handleSecondsByLoad[${i}]`, seconds);
    });
  }
  if (queue.deferred) assertWhole(`${field}.deferred.reserveAgents`, queue.deferred.reserveAgents ?? 0);
  if (queue.deferred && (queue.chat || queue.patience || queue.callback)) {
    throw new StaffingError(`${field}.deferred`, 'work has neither chat nor patience nor a callback offer');
  }
}

function checkCounts(counts: readonly number[], intervals: number, exact: boolean, field: string): void {
  checkLength(counts, intervals, field);
  counts.forEach((count, i) => {
    if (exact) assertWhole(`${field}[${i}]`, count);
    else assertNonNegative(`${field}[${i}]`, count);
  });
}

function checkLength(values: readonly number[], intervals: number, field: string): void {
  if (values.length === intervals) return;
  throw new StaffingError(field, `must have ${intervals} entries, one per interval; found ${values.length}`);
}

function checkCallback(offer: CallbackOffer, deferred: ReadonlySet<string>, field: string): void {
  assertNonNegative(`${field}.afterSeconds`, offer.afterSeconds);
  assertProbability(`${field}.acceptProbability`, offer.acceptProbability);
  assertProbability(`${field}.contactProbability`, offer.contactProbability ?? 1);
  assertPositive(`${field}.failedAttemptSeconds`, offer.failedAttemptSeconds ?? 60);
  assertNonNegative(`${field}.retryAfterSeconds`, offer.retryAfterSeconds ?? 0);
  assertWhole(`${field}.maxAttempts`, offer.maxAttempts ?? 1, 1);
  if (!deferred.has(offer.queue)) {
    throw new StaffingError(`${field}.queue`, `must name a deferred queue; found "${offer.queue}"`);
  }
}

function checkAgent(agent: CentreAgent, field: string): void {
  const seen = new Set<string>();
  agent.skills.forEach((skill, i) => {
    const at = `${field}.skills[${i}]`;
    if (seen.has(skill.queue))
      throw new StaffingError(`${at}.queue`, `is listed twice; found "${skill.queue}"`);
    seen.add(skill.queue);
    if (!Number.isFinite(skill.level ?? 1)) throw new StaffingError(`${at}.level`, 'must be a finite number');
    assertPositive(`${at}.handleFactor`, skill.handleFactor ?? 1);
  });
  let free = -Infinity;
  agent.duty.forEach((stretch, i) => {
    checkStretch(stretch, free, `${field}.duty[${i}]`);
    free = stretch.endSeconds;
  });
}

function checkStretch(stretch: DutyStretch, free: number, field: string): void {
  const { startSeconds, endSeconds } = stretch;
  if (!(startSeconds >= free && startSeconds > -Infinity && startSeconds < Infinity)) {
    throw new StaffingError(
      `${field}.startSeconds`,
      'must be finite and not before the end of the stretch before',
    );
  }
  if (!(endSeconds > startSeconds)) {
    throw new StaffingError(`${field}.endSeconds`, `must lie after startSeconds; found ${endSeconds}`);
  }
  let from = startSeconds;
  stretch.breaks?.forEach((pause, i) => {
    if (
      !(pause.startSeconds >= from && pause.endSeconds > pause.startSeconds && pause.endSeconds <= endSeconds)
    ) {
      throw new StaffingError(`${field}.breaks[${i}]`, 'must lie within the stretch, in order and not empty');
    }
    from = pause.endSeconds;
  });
}
