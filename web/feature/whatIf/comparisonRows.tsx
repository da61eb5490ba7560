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

const SERVICE: readonly Row[] = [
  {
    id: 'serviceLevel',
    name: <Term id="serviceLevel">{t('whatIf.result.serviceLevel')}</Term>,
    value: totals => totals.serviceLevel,
    show: value => formatPercent(value, 1),
    band: band => band.serviceLevel,
    difference: value => formatPoints(value),
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
    difference: value => formatPoints(value),
  },
  {
    id: 'occupancy',
    name: <Term id="occupancy">{t('whatIf.result.occupancy')}</Term>,
    value: totals => totals.occupancy,
    show: value => formatPercent(value),
    band: band => band.occupancy,
    difference: value => formatPoints(value),
  },
];

/** The figures of the table: the service, what it takes, and what comes in. */
export function rows(cost: Cost, days: number): readonly Row[] {
  const price = (hours: number | null) => (hours === null ? null : hours * cost.perHour);
  return [
    ...SERVICE,
    counted(
      'peak',
      t('whatIf.result.peak'),
      totals => totals.peakAgents,
      band => band.peakAgents,
    ),
    counted(
      'hours',
      <Term id="shrinkage">{t('whatIf.result.hours')}</Term>,
      totals => totals.paidHours,
      band => band.paidHours,
    ),
    {
      id: 'cost',
      name: t('whatIf.result.cost', { days }),
      value: totals => totals.paidHours,
      show: hours => formatMoney(price(hours), cost.currency),
      band: band => band.paidHours,
      difference: hours => formatSignedMoney(price(hours), cost.currency),
    },
    counted(
      'calls',
      t('whatIf.result.calls'),
      totals => totals.calls,
      () => null,
    ),
  ];
}

function counted(id: string, name: ReactNode, value: Row['value'], band: Row['band']): Row {
  return {
    id,
    name,
    value,
    band,
    show: count => formatNumber(count),
    difference: count => formatSigned(count),
  };
}
