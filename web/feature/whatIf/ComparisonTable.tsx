import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Range, ScenarioBand, ScenarioTotals } from '../../../forecasting/index.ts';
import { Icon } from '../../component/Icon.tsx';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
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
import type { Basis } from './basis.ts';
import { ConfirmCell } from './ConfirmCell.tsx';
import { type Confirmed, confirmKey } from './confirmation.ts';
import type { Computed, DraftScenario } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

export interface Cost {
  readonly perHour: number;
  readonly currency: string;
}

interface ComparisonTableProps {
  readonly basis: Basis;
  readonly computed: readonly Computed[];
  readonly colours: readonly string[];
  readonly cost: Cost;
  readonly confirmed: ReadonlyMap<string, Confirmed>;
  readonly onConfirmed: (key: string, result: Confirmed) => void;
  readonly onChange: (scenario: DraftScenario) => void;
  readonly onRemove: (id: string) => void;
  readonly onDuplicate: ((scenario: DraftScenario) => void) | null;
  readonly saveButton: (computed: Computed) => ReactNode;
}

/** One figure of the comparison. */
interface Row {
  readonly id: string;
  readonly name: ReactNode;
  readonly value: (totals: ScenarioTotals) => number | null;
  readonly show: (value: number | null) => string;
  readonly band: (band: ScenarioBand) => Range | null;
  readonly difference: (value: number | null) => string;
}

function rows(cost: Cost, days: number): readonly Row[] {
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

/** Up to four versions side by side: each figure with its band and its difference to the plan. */
export function ComparisonTable(props: ComparisonTableProps) {
  const { basis, computed, cost } = props;
  const [base] = computed;
  return (
    <ScrollRegion label={t('whatIf.comparison')} className={classes.comparison ?? ''}>
      <table className={classes.table}>
        <caption className="visuallyHidden">{t('whatIf.comparison')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.legend}>{t('whatIf.bandLegend')}</span>
            </th>
            {computed.map((entry, i) => (
              <th key={entry.scenario.id} scope="col" style={{ borderTopColor: props.colours[i] }}>
                <ColumnHead entry={entry} isBase={i === 0} {...props} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows(cost, basis.days).map(row => (
            <tr key={row.id} data-row={row.id}>
              <th scope="row">{row.name}</th>
              {computed.map((entry, i) => (
                <Cell key={entry.scenario.id} row={row} entry={entry} base={i === 0 ? null : base} />
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <Term id="simulation">{t('whatIf.confirm.row')}</Term>
            </th>
            {computed.map(entry => (
              <td key={entry.scenario.id}>
                <ConfirmCell
                  basis={basis}
                  entry={entry}
                  confirmed={props.confirmed.get(confirmKey(basis, entry.scenario))}
                  onConfirmed={props.onConfirmed}
                />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Cell({
  row,
  entry,
  base,
}: {
  readonly row: Row;
  readonly entry: Computed;
  readonly base: Computed | null | undefined;
}) {
  const value = row.value(entry.outcome.totals);
  const planned = base ? row.value(base.outcome.totals) : null;
  const band = entry.band && row.band(entry.band);
  const isFixed = band !== null && row.show(band.low) === row.show(band.high);
  return (
    <td>
      <b>{row.show(value)}</b>
      {band && !isFixed ? (
        <span className={classes.band}>
          {row.show(band.low)} – {row.show(band.high)}
        </span>
      ) : null}
      {base && value !== null && planned !== null ? (
        <span className={classes.difference}>
          {t('whatIf.versusBase', { difference: row.difference(value - planned) })}
        </span>
      ) : null}
    </td>
  );
}

function ColumnHead(props: ComparisonTableProps & { readonly entry: Computed; readonly isBase: boolean }) {
  const { entry, isBase, onChange, onRemove, onDuplicate, saveButton } = props;
  const { scenario, outcome } = entry;
  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        {isBase ? (
          <span className={classes.baseName}>{scenario.name}</span>
        ) : (
          <TextInput
            size="xs"
            aria-label={t('whatIf.name')}
            value={scenario.name}
            error={scenario.name.trim() === '' ? t('whatIf.nameMissing') : null}
            onChange={event => onChange({ ...scenario, name: event.currentTarget.value })}
          />
        )}
        {isBase ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('whatIf.remove', { name: scenario.name })}
            onClick={() => onRemove(scenario.id)}
          >
            <Icon name="close" size={15} />
          </ActionIcon>
        )}
      </div>
      <div className={classes.headTools}>
        {onDuplicate ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Icon name="copy" size={13} />}
            aria-label={t('whatIf.duplicate', { name: scenario.name })}
            onClick={() => onDuplicate(scenario)}
          >
            {t(isBase ? 'whatIf.add' : 'whatIf.duplicateShort')}
          </Button>
        ) : null}
        {isBase ? null : saveButton(entry)}
      </div>
      {outcome.unreachable ? <p className={classes.wrong}>{t('whatIf.unreachable')}</p> : null}
    </div>
  );
}
