import type { Confirmation, ConfirmedScenario, QueueOutcome } from '../../../forecasting/index.ts';
import type { Basis } from './basis.ts';
import type { DraftScenario } from './scenarioDraft.ts';

/** What the worker is asked. */
export interface ConfirmRequest {
  readonly queues: readonly QueueOutcome[];
  readonly scatter: Basis['queues'][number]['scatter'][];
  readonly correlation: Basis['correlation'];
}

/** What it says on its way and at the end. */
export type ConfirmMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly asForecast: Confirmation; readonly scattered: Confirmation | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** A scenario played call by call: with the forecast's calls, and with calls that scatter about them. */
export interface Confirmed {
  readonly asForecast: ConfirmedScenario;
  readonly scattered: ConfirmedScenario | null;
}

/** Under what a confirmation is kept: the same levers on the same days have the same one. */
export function confirmKey(basis: Basis, scenario: DraftScenario): string {
  return `${basis.start}|${basis.days}|${basis.queues.map(queue => queue.forecastId).join()}|${JSON.stringify(scenario.levers)}`;
}
