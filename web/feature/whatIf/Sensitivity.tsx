import { SegmentedControl } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import {
  type LeverEffect,
  type ScenarioTotals,
  type SensitiveLever,
  type StaffMode,
  sensitivity,
} from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { formatPercent, formatPoints, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import type { Computed } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface SensitivityProps {
  readonly basis: Basis;
  readonly computed: Computed;
}

/** What a mode measures, and how it is said. */
const MEASURES = {
  follows: {
    read: (totals: ScenarioTotals) => totals.paidHours,
    show: (difference: number) => `${formatSigned(difference)} h`,
    upIsWorse: true,
  },
  stays: {
    read: (totals: ScenarioTotals) => totals.serviceLevel ?? 0,
    show: (difference: number) => formatPoints(difference),
    upIsWorse: false,
  },
} as const;

/** Which lever moves the result most: each moved by a tenth, the others left alone. */
export function Sensitivity({ basis, computed }: SensitivityProps) {
  const settled = useDeferredValue(computed, null);
  const [mode, setMode] = useState<StaffMode>('follows');
  const measure = MEASURES[mode];
  const { rows, total } = useMemo(() => {
    if (settled === null) return { rows: [], total: 0 };
    const { scenario, outcome } = settled;
    const found = sensitivity(basis.queues, scenario.levers, basis.plan, outcome, mode);
    const base = measure.read(found.base);
    const moved = found.effects.map(effect => ({
      lever: effect.lever,
      up: measure.read(effect.up) - base,
      down: measure.read(effect.down) - base,
    }));
    return { rows: moved.sort((a, b) => reach(b) - reach(a)), total: base };
  }, [basis, settled, mode, measure]);
  const [most] = rows;
  const widest = Math.max(1e-9, ...rows.map(reach));
  return (
    <Card
      title={t('whatIf.sensitivity')}
      note={t('whatIf.sensitivityNote', { name: computed.scenario.name })}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('whatIf.sensitivityMode')}
          data={[
            { value: 'follows', label: t('whatIf.modeHours') },
            { value: 'stays', label: t('whatIf.modeService') },
          ]}
          value={mode}
          onChange={value => setMode(value === 'stays' ? 'stays' : 'follows')}
        />
      }
    >
      {most ? (
        <p className={classes.sentence}>
          {t(mode === 'follows' ? 'whatIf.mostHours' : 'whatIf.mostService', {
            lever: leverName(most.lever),
            up: measure.show(most.up),
            down: measure.show(most.down),
            share: formatPercent(Math.abs(most.up) / Math.max(1e-9, total), 1),
          })}
        </p>
      ) : null}
      <table className={classes.sensitivity}>
        <caption className="visuallyHidden">{t('whatIf.sensitivity')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('whatIf.levers')}</th>
            <th scope="col">{t('whatIf.down')}</th>
            <th scope="col">{t('whatIf.up')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.lever}>
              <th scope="row">{leverName(row.lever)}</th>
              {(['down', 'up'] as const).map(side => (
                <td key={side}>
                  <span
                    className={classes.bar}
                    data-side={side}
                    data-tone={row[side] > 0 === measure.upIsWorse ? 'worse' : 'better'}
                  >
                    <i style={{ width: `${(Math.abs(row[side]) / widest) * 70}%` }} />
                    <b>{measure.show(row[side])}</b>
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

type Row = { readonly [Side in keyof Pick<LeverEffect, 'up' | 'down'>]: number };

const reach = (row: Row) => Math.max(Math.abs(row.up), Math.abs(row.down));

const leverName = (lever: SensitiveLever) => t(`whatIf.lever.${lever}`);
