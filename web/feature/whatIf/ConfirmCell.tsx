import { Button, Progress } from '@mantine/core';
import { formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import type { Confirmed } from './confirmation.ts';
import type { Computed } from './scenarioDraft.ts';
import { useConfirmation } from './useConfirmation.ts';
import classes from './WhatIf.module.css';

interface ConfirmCellProps {
  readonly basis: Basis;
  readonly entry: Computed;
  readonly confirmed: Confirmed | undefined;
  readonly onConfirmed: (key: string, result: Confirmed) => void;
}

/** Plays the scenario call by call in a worker; the result stands until a lever moves. */
export function ConfirmCell({ basis, entry, confirmed, onConfirmed }: ConfirmCellProps) {
  const { share, failed, start, cancel } = useConfirmation(basis, entry, onConfirmed);
  if (confirmed) return <Played confirmed={confirmed} entry={entry} />;
  if (share !== null) {
    return (
      <div className={classes.running}>
        <Progress value={share * 100} aria-label={t('whatIf.confirm.running')} />
        <Button size="compact-xs" variant="subtle" onClick={cancel}>
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
