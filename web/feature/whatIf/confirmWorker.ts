import { type CallsToPlay, confirmScenario } from '../../../forecasting/index.ts';
import type { ConfirmMessage, ConfirmRequest } from './confirmation.ts';

/** Plays a scenario call by call beside the page, so that the page stays quick. */

const REPLICATIONS = 60;
const SEED = 20_270_104;

const tell = (message: ConfirmMessage) => self.postMessage(message);

self.addEventListener('message', (event: MessageEvent<ConfirmRequest>) => {
  try {
    const { queues, scatter, correlation } = event.data;
    const known = scatter.flatMap(entry => (entry ? [entry] : []));
    const parts = known.length === queues.length ? 2 : 1;
    const play = (calls: CallsToPlay, part: number) =>
      confirmScenario(queues, calls, {
        seed: SEED,
        replications: REPLICATIONS,
        onProgress: (done, total) => {
          if (done % 5 === 0) tell({ kind: 'progress', share: (part + done / total) / parts });
        },
      });
    const asForecast = play({ kind: 'asForecast' }, 0);
    const scattered = parts === 2 ? play({ kind: 'scattered', scatter: known, correlation }, 1) : null;
    tell({ kind: 'done', asForecast, scattered });
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
});
