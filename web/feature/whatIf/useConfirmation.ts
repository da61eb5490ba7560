import { useEffect, useRef, useState } from 'react';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import { type Confirmed, type ConfirmMessage, type ConfirmRequest, confirmKey } from './confirmation.ts';
import type { Computed } from './scenarioDraft.ts';

/** A run of the simulation beside the page: how far it is, and what stopped it. It ends when a lever moves. */
export function useConfirmation(
  basis: Basis,
  entry: Computed,
  onConfirmed: (key: string, result: Confirmed) => void,
) {
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const worker = useRef<Worker | null>(null);
  const key = confirmKey(basis, entry.scenario);
  const cancel = () => {
    worker.current?.terminate();
    worker.current = null;
    setShare(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run ends when what it was started for has changed
  useEffect(() => cancel, [key]);
  const start = () => {
    setShare(0);
    setFailed(null);
    const running = new Worker(new URL('./confirmWorker.ts', import.meta.url), { type: 'module' });
    worker.current = running;
    running.addEventListener('error', event => {
      setFailed(event.message || t('whatIf.confirm.noWorker'));
      cancel();
    });
    running.addEventListener('message', ({ data }: MessageEvent<ConfirmMessage>) => {
      if (data.kind === 'progress') {
        setShare(data.share);
        return;
      }
      if (data.kind === 'failed') setFailed(data.reason);
      const result = data.kind === 'done' ? confirmedOf(data) : null;
      if (result) onConfirmed(key, result);
      cancel();
    });
    const request: ConfirmRequest = {
      queues: entry.outcome.queues,
      scatter: basis.queues.map(queue => queue.scatter),
      correlation: basis.correlation,
    };
    running.postMessage(request);
  };
  return { share, failed, start, cancel };
}

function confirmedOf({ asForecast, scattered }: Extract<ConfirmMessage, { kind: 'done' }>): Confirmed | null {
  if (asForecast.kind !== 'complete') return null;
  return { asForecast, scattered: scattered?.kind === 'complete' ? scattered : null };
}
