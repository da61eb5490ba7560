import { Button, HoverCard } from '@mantine/core';
import { memo } from 'react';
import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import { formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Measures } from './measures.ts';
import classes from './Schedule.module.css';

const SHOWN_FINDINGS = 12;

/** Missing and spare hours of the whole schedule and the rules it breaks; during a drag, as they would be after the drop. */
export function Totals({ measures }: { readonly measures: Measures }) {
  const { coverage, rows, hardBreaches } = measures;
  const paid = rows.reduce((sum, row) => sum + row.paidHours, 0);
  return (
    <div className={classes.totals}>
      <span>
        {t('schedule.cover.under')} <b data-tone="under">{formatNumber(coverage.missingHours, 1)}</b>
      </span>
      <span>
        {t('schedule.cover.over')} <b data-tone="over">{formatNumber(coverage.spareHours, 1)}</b>
      </span>
      <span>
        {t('schedule.cover.paid')} <b>{formatNumber(paid)}</b>
      </span>
      <span>
        {t('schedule.cover.breaches')}{' '}
        <b data-tone={hardBreaches > 0 ? 'error' : undefined}>{formatNumber(hardBreaches)}</b>
      </span>
      <Findings findings={measures.findings} />
    </div>
  );
}

/** Every broken rule as a sentence, hard ones first. */
const Findings = memo(function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return <span>{t('schedule.findingsNone')}</span>;
  const ordered = [...findings].sort((a, b) => Number(b.hard) - Number(a.hard));
  return (
    <HoverCard width={420} shadow="md" openDelay={100} position="bottom-start">
      <HoverCard.Target>
        <Button size="compact-xs" variant="subtle">
          {t('schedule.findingsShow', { count: findings.length })}
        </Button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <b>{t('schedule.findings')}</b>
        <ul className={classes.findingList}>
          {ordered.slice(0, SHOWN_FINDINGS).map(finding => (
            <li key={`${finding.ruleId}${finding.sentence}`} data-hard={finding.hard || undefined}>
              {finding.sentence}
            </li>
          ))}
        </ul>
        {findings.length > SHOWN_FINDINGS
          ? t('schedule.findingsMore', { count: findings.length - SHOWN_FINDINGS })
          : null}
      </HoverCard.Dropdown>
    </HoverCard>
  );
});
