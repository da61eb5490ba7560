import type { ReactNode } from 'react';
import type { Range, ScenarioBand, ScenarioTotals } from '../../../forecasting/index.ts';
import { Term } from '../../component/Term.tsx';
import {
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  formatSigned,
  formatSignedMoney,
} from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

export interface Cost {
  readonly perHour: number;
  readonly currency: string;
}

/** One figure of the comparison. */
export interface Row {
  readonly id: string;
  readonly name: ReactNode;
  readonly value: (totals: ScenarioTotals) => number | null;
  readonly show: (value: number | null) => string;
  readonly band: (band: ScenarioBand) => Range | null;
  readonly difference: (value: number | null) => string;
}

export function rows(cost: Cost, days: number): readonly Row[] {
  const money = (hours: number | null) =>
    formatMoney(hours === null ? null : hours * cost.perHour, cost.currency);
  const points = (value: number | null) => formatPoints(value);
  return [
    {
      id: 'serviceLevel',
      name: <Term id="serviceLevel">{t('whatIf.result.serviceLevel')}</Term>,
      value: totals => totals.serviceLevel,
      show: value => formatPercent(value, 1),
      band: band => band.serviceLevel,
      difference: points,
    },
    {
      id: 'asa',
      name: <Term id="asa">{t('whatIf.result.asa')}</Term>,
      value: totals => totals.asaSeconds,
      show: formatDuration,
      band: band => band.asaSeconds,
      difference: value => (value === null ? '' : `${formatSigned(value)} s`),
    },
    {
      id: 'abandonment',
      name: <Term id="abandonment">{t('whatIf.result.abandonment')}</Term>,
      value: totals => totals.abandonmentRate,
      show: value => formatPercent(value, 1),
      band: band => band.abandonmentRate,
      difference: points,
    },
    {
      id: 'occupancy',
      name: <Term id="occupancy">{t('whatIf.result.occupancy')}</Term>,
      value: totals => totals.occupancy,
      show: value => formatPercent(value),
      band: band => band.occupancy,
      difference: points,
    },
    {
      id: 'peak',
      name: t('whatIf.result.peak'),
      value: totals => totals.peakAgents,
      show: value => formatNumber(value),
      band: band => band.peakAgents,
      difference: value => formatSigned(value),
    },
    {
      id: 'hours',
      name: <Term id="shrinkage">{t('whatIf.result.hours')}</Term>,
      value: totals => totals.paidHours,
      show: value => formatNumber(value),
      band: band => band.paidHours,
      difference: value => formatSigned(value),
    },
    {
      id: 'cost',
      name: t('whatIf.result.cost', { days }),
      value: totals => totals.paidHours,
      show: money,
      band: band => band.paidHours,
      difference: hours => formatSignedMoney(hours === null ? null : hours * cost.perHour, cost.currency),
    },
    {
      id: 'calls',
      name: t('whatIf.result.calls'),
      value: totals => totals.calls,
      show: value => formatNumber(value),
      band: () => null,
      difference: value => formatSigned(value),
    },
  ];
}
