import { Button, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import { type Confirmed, type ConfirmMessage, type ConfirmRequest, confirmKey } from './confirmation.ts';
import type { Computed } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface ConfirmCellProps {
  readonly basis: Basis;
  readonly entry: Computed;
  readonly confirmed: Confirmed | undefined;
  readonly onConfirmed: (key: string, result: Confirmed) => void;
}

/** Plays the scenario call by call in a worker; the result stands until a lever moves. */
export function ConfirmCell({ basis, entry, confirmed, onConfirmed }: ConfirmCellProps) {
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const worker = useRef<Worker | null>(null);
  const key = confirmKey(basis, entry.scenario);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run ends when what it was started for has changed
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
      setShare(null);
    },
    [key],
  );
  const start = () => {
    setShare(0);
    setFailed(null);
    const running = new Worker(new URL('./confirmWorker.ts', import.meta.url), { type: 'module' });
    worker.current = running;
    const end = () => {
      running.terminate();
      worker.current = null;
      setShare(null);
    };
    running.addEventListener('error', event => {
      setFailed(event.message || t('whatIf.confirm.noWorker'));
      end();
    });
    running.addEventListener('message', ({ data }: MessageEvent<ConfirmMessage>) => {
      if (data.kind === 'progress') {
        setShare(data.share);
        return;
      }
      if (data.kind === 'failed') setFailed(data.reason);
      else if (data.asForecast.kind === 'complete') {
        onConfirmed(key, {
          asForecast: data.asForecast,
          scattered: data.scattered?.kind === 'complete' ? data.scattered : null,
        });
      }
      end();
    });
    const request: ConfirmRequest = {
      queues: entry.outcome.queues,
      scatter: basis.queues.map(queue => queue.scatter),
      correlation: basis.correlation,
    };
    running.postMessage(request);
  };
  if (confirmed) return <Played confirmed={confirmed} entry={entry} />;
  if (share !== null) {
    return (
      <div className={classes.running}>
        <Progress value={share * 100} aria-label={t('whatIf.confirm.running')} />
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            worker.current?.terminate();
            setShare(null);
          }}
        >
          {t('action.cancel')}
        </Button>
      </div>
    );
  }
  return (
    <>
      {failed ? (
        <span className={classes.wrong}>{t('whatIf.confirm.failed', { reason: failed })}</span>
      ) : null}
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('whatIf.confirm.startFor', { name: entry.scenario.name })}
        onClick={start}
      >
        {t('whatIf.confirm.start')}
      </Button>
    </>
  );
}

function Played({ confirmed, entry }: { readonly confirmed: Confirmed; readonly entry: Computed }) {
  const { asForecast, scattered } = confirmed;
  const level = asForecast.serviceLevel;
  const usual = scattered?.usual.serviceLevel;
  const show = (value: number | null | undefined) => formatPercent(value, 1);
  return (
    <div role="status">
      <b>{show(level?.value)}</b>
      <span className={classes.band}>
        {t('whatIf.confirm.interval', { low: show(level?.low), high: show(level?.high) })}
      </span>
      <span className={classes.difference}>
        {t('whatIf.confirm.calculated', { value: show(entry.outcome.totals.serviceLevel) })}
      </span>
      {usual ? (
        <span className={classes.difference}>
          {t('whatIf.confirm.usual', { low: show(usual.low), high: show(usual.high) })}
        </span>
      ) : null}
    </div>
  );
}
