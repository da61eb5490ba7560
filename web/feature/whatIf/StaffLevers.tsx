import { SegmentedControl, Switch } from '@mantine/core';
import type { Levers, ShiftLever } from '../../../forecasting/index.ts';
import { NumberField } from '../../component/NumberField.tsx';
import { Term } from '../../component/Term.tsx';
import { formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis, BasisQueue } from './basis.ts';
import { LeverSlider } from './LeverSlider.tsx';
import { percent, rangeOf } from './planned.ts';
import type { LeverChange } from './scenarioDraft.ts';
import classes from './WhatIf.module.css';

interface StaffLeversProps {
  readonly basis: Basis;
  readonly queues: readonly BasisQueue[];
  readonly levers: Levers;
  readonly onChange: (change: LeverChange) => void;
}

const FULL_TIME_HOURS_A_WEEK = 40;
const SHIFTS = { partTimeShare: 0.2, fullTimeHours: 8, partTimeHours: 4 } as const;

/** How many people, how much of their time is there, and in which shifts they work. */
export function StaffLevers({ basis, queues, levers, onChange }: StaffLeversProps) {
  const { staffShare, shifts } = levers;
  const shrinkage = rangeOf(queues, queue => queue.shrinkageShare, percent);
  return (
    <div>
      <h3 className={classes.group}>{t('whatIf.group.people')}</h3>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('whatIf.lever.staff')}
        data={[
          { value: 'goals', label: t('whatIf.staffByGoals') },
          { value: 'set', label: t('whatIf.staffSet') },
        ]}
        value={staffShare === undefined ? 'goals' : 'set'}
        onChange={value => onChange({ staffShare: value === 'set' ? 1 : undefined })}
      />
      {staffShare === undefined ? null : (
        <SetStaff
          share={staffShare}
          fte={planFte(basis, queues, levers.shrinkageShare)}
          onChange={value => onChange({ staffShare: value })}
        />
      )}
      <LeverSlider
        name={t('whatIf.lever.shrinkage')}
        label={<Term id="shrinkage">{t('whatIf.lever.shrinkage')}</Term>}
        value={levers.shrinkageShare}
        planned={shrinkage.middle}
        plannedText={shrinkage.text}
        min={0}
        max={0.6}
        step={0.01}
        show={percent}
        onChange={shrinkageShare => onChange({ shrinkageShare })}
      />
      <Switch
        size="xs"
        mt={14}
        label={t('whatIf.wholeShifts')}
        description={t('whatIf.wholeShiftsNote')}
        checked={shifts !== undefined}
        onChange={event => onChange({ shifts: event.currentTarget.checked ? SHIFTS : undefined })}
      />
      {shifts ? <ShiftFields shifts={shifts} onChange={next => onChange({ shifts: next })} /> : null}
    </div>
  );
}

interface SetStaffProps {
  readonly share: number;
  /** Full-time people of the plan. */
  readonly fte: number;
  readonly onChange: (share: number | undefined) => void;
}

/** Agents as a share of the plan's, or the same as people. */
function SetStaff({ share, fte, onChange }: SetStaffProps) {
  return (
    <>
      <LeverSlider
        name={t('whatIf.lever.staff')}
        value={share}
        planned={1}
        min={0.5}
        max={1.5}
        step={0.01}
        show={value => t('whatIf.staffFixed', { share: formatPercent(value) })}
        onChange={onChange}
      />
      <NumberField
        label={t('whatIf.lever.fte', { hours: FULL_TIME_HOURS_A_WEEK })}
        description={t('whatIf.fteNote')}
        min={0}
        max={100_000}
        value={Math.round(share * fte * 10) / 10}
        onChange={people => {
          if (fte > 0) onChange(Math.min(10, people / fte));
        }}
      />
    </>
  );
}

interface ShiftFieldsProps {
  readonly shifts: ShiftLever;
  readonly onChange: (shifts: ShiftLever | undefined) => void;
}

function ShiftFields({ shifts, onChange }: ShiftFieldsProps) {
  return (
    <>
      <LeverSlider
        name={t('whatIf.lever.partTime')}
        value={shifts.partTimeShare}
        planned={0}
        min={0}
        max={1}
        step={0.05}
        show={percent}
        onChange={partTimeShare =>
          onChange(partTimeShare === undefined ? undefined : { ...shifts, partTimeShare })
        }
      />
      <div className={classes.pair}>
        {(['fullTimeHours', 'partTimeHours'] as const).map(name => (
          <NumberField
            key={name}
            label={t(`whatIf.lever.${name}`)}
            min={1}
            max={12}
            step={0.5}
            value={shifts[name]}
            onChange={hours => onChange({ ...shifts, [name]: hours })}
          />
        ))}
      </div>
    </>
  );
}

/** People that the plan's agents come to, full time, shrinkage included. */
function planFte(basis: Basis, queues: readonly BasisQueue[], shrinkageShare: number | undefined): number {
  const hours = basis.queues.reduce((sum, queue, q) => {
    if (!queues.some(own => own.queueId === queue.queueId)) return sum;
    const intervals = (basis.plan[q] ?? []).reduce<number>((total, count) => total + (count ?? 0), 0);
    return sum + (intervals * queue.stepSeconds) / 3600 / (1 - (shrinkageShare ?? queue.shrinkageShare));
  }, 0);
  return hours / FULL_TIME_HOURS_A_WEEK / (basis.days / 7);
}
