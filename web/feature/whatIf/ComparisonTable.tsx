import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../../component/Icon.tsx';
import { ScrollRegion } from '../../component/ScrollRegion.tsx';
import { Term } from '../../component/Term.tsx';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import { ConfirmCell } from './ConfirmCell.tsx';
import { type Cost, type Row, rows } from './comparisonRows.tsx';
import { type Confirmed, confirmKey } from './confirmation.ts';
import type { Computed, DraftScenario } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

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
          <ConfirmRow {...props} />
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function ConfirmRow({ basis, computed, confirmed, onConfirmed }: ComparisonTableProps) {
  return (
    <tr>
      <th scope="row">
        <Term id="simulation">{t('whatIf.confirm.row')}</Term>
      </th>
      {computed.map(entry => (
        <td key={entry.scenario.id}>
          <ConfirmCell
            basis={basis}
            entry={entry}
            confirmed={confirmed.get(confirmKey(basis, entry.scenario))}
            onConfirmed={onConfirmed}
          />
        </td>
      ))}
    </tr>
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

type HeadProps = ComparisonTableProps & { readonly entry: Computed; readonly isBase: boolean };

function ColumnHead(props: HeadProps) {
  const { entry, isBase, onDuplicate, saveButton } = props;
  const { scenario, outcome } = entry;
  return (
    <div className={classes.head}>
      <div className={classes.headName}>
        {isBase ? <span className={classes.baseName}>{scenario.name}</span> : <OwnName {...props} />}
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

/** The name of a scenario, to be changed, and the way to put it away. */
function OwnName({ entry: { scenario }, onChange, onRemove }: HeadProps) {
  return (
    <>
      <TextInput
        size="xs"
        aria-label={t('whatIf.name')}
        value={scenario.name}
        error={scenario.name.trim() === '' ? t('whatIf.nameMissing') : null}
        onChange={event => onChange({ ...scenario, name: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('whatIf.remove', { name: scenario.name })}
        onClick={() => onRemove(scenario.id)}
      >
        <Icon name="close" size={15} />
      </ActionIcon>
    </>
  );
}
