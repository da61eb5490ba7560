import { useMemo } from 'react';
import { Card } from '../../component/Card.tsx';
import { formatSigned } from '../../lib/format.ts';
import { type Levers, type ScenarioQueue, scenarioResult } from '../../lib/scenario.ts';
import { t } from '../../locale/i18n.ts';
import type { Computed } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface SensitivityProps {
  readonly queues: readonly ScenarioQueue[];
  readonly plan: readonly (readonly (number | null)[])[];
  readonly computed: Computed;
}

const STEP = 0.1;

/** Which lever moves the paid hours most: each moved by a tenth, the others left alone. */
export function Sensitivity({ queues, plan, computed }: SensitivityProps) {
  const { scenario, result } = computed;
  const rows = useMemo(() => {
    const { levers } = scenario;
    const typical = queues[0]?.terms;
    const patience = levers.patienceSeconds ?? typical?.patienceSeconds ?? 120;
    const shrinkage = levers.shrinkage ?? typical?.shrinkage ?? 0;
    const within = levers.withinSeconds ?? typical?.goal.serviceLevel?.answerWithinSeconds ?? 30;
    const moves: readonly { readonly name: string; readonly by: (factor: number) => Partial<Levers> }[] = [
      { name: t('whatIf.lever.volume'), by: factor => ({ volumeFactor: levers.volumeFactor * factor }) },
      { name: t('whatIf.lever.aht'), by: factor => ({ ahtFactor: levers.ahtFactor * factor }) },
      { name: t('whatIf.lever.shrinkage'), by: factor => ({ shrinkage: Math.min(0.9, shrinkage * factor) }) },
      { name: t('whatIf.lever.patience'), by: factor => ({ patienceSeconds: patience * factor }) },
      { name: t('whatIf.lever.within'), by: factor => ({ withinSeconds: within * factor }) },
    ];
    const hours = (change: Partial<Levers>) =>
      scenarioResult(queues, { ...levers, ...change }, plan).paidHours - result.paidHours;
    return moves
      .map(move => ({ name: move.name, up: hours(move.by(1 + STEP)), down: hours(move.by(1 - STEP)) }))
      .sort((a, b) => Math.abs(b.up) - Math.abs(a.up));
  }, [queues, plan, scenario, result]);
  const widest = Math.max(1e-9, ...rows.flatMap(row => [Math.abs(row.up), Math.abs(row.down)]));
  const bar = (value: number) => (
    <span className={classes.bar} data-tone={value < 0 ? 'less' : 'more'}>
      <i style={{ width: `${(Math.abs(value) / widest) * 100}%` }} />
      <b>{formatSigned(value)}</b>
    </span>
  );
  return (
    <Card title={t('whatIf.sensitivity')} note={t('whatIf.sensitivityNote', { name: scenario.name })}>
      <table className={classes.sensitivity}>
        <thead>
          <tr>
            <th scope="col">{t('whatIf.levers')}</th>
            <th scope="col">{t('whatIf.down')}</th>
            <th scope="col">{t('whatIf.up')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.name}>
              <td>{row.name}</td>
              <td>{bar(row.down)}</td>
              <td>{bar(row.up)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
