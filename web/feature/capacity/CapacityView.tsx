import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { call } from '../../lib/api.ts';
import { formatMoney, formatMonth, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { Assumptions } from './Assumptions.tsx';
import { CapacityCharts } from './CapacityCharts.tsx';
import { HiringClasses } from './HiringClasses.tsx';
import { MonthTable } from './MonthTable.tsx';
import {
  type CapacityDraft,
  type CapacityMonth,
  type CapacityPart,
  computeCapacity,
  firstRequirement,
  proposeClasses,
  USUAL_RAMP,
} from './model.ts';
import { SavedPlans } from './SavedPlans.tsx';

interface CapacityViewProps {
  /** The queues that the plan is for, at least one. */
  readonly parts: readonly CapacityPart[];
  readonly timeZone: string;
}

/** Assumptions, hiring classes, and what follows from them at once. */
export function CapacityView({ parts, timeZone }: CapacityViewProps) {
  const { site } = useWorkplace();
  const [draft, setDraft] = useState<CapacityDraft>(() => firstDraft(parts, timeZone));
  const deferred = useDeferredValue(draft);
  const months = useMemo(() => computeCapacity(deferred, parts), [deferred, parts]);
  const plans = useQuery({
    queryKey: ['capacityPlans', site?.id],
    queryFn: () => call(ROUTES.listCapacityPlans, { query: { siteId: site?.id } }),
    enabled: site !== null,
  });
  const currency = site?.currency ?? 'USD';
  return (
    <Stack>
      <Figures months={months} currency={currency} />
      <CapacityCharts months={months} goal={onlyTarget(parts)} />
      <Assumptions draft={draft} currency={currency} isOneQueue={parts.length === 1} onChange={setDraft} />
      <HiringClasses
        draft={draft}
        onChange={setDraft}
        onPropose={() => setDraft({ ...draft, classes: proposeClasses(draft, parts) })}
      />
      <MonthTable months={months} currency={currency} />
      <SavedPlans parts={parts} plans={plans} draft={draft} months={months} onOpen={setDraft} />
    </Stack>
  );
}

function Figures({
  months,
  currency,
}: {
  readonly months: readonly CapacityMonth[];
  readonly currency: string;
}) {
  const worst = months.reduce<CapacityMonth | null>(
    (least, month) => (least === null || month.gapFte < least.gapFte ? month : least),
    null,
  );
  const last = months.at(-1);
  const hires = months.reduce((sum, month) => sum + month.joinedFte, 0);
  const payroll = months.reduce((sum, month) => sum + month.payrollCost + month.hiringCost, 0);
  return (
    <Stats>
      <Stat
        label={<Term id="fte">{t('headcount.worst')}</Term>}
        value={`${formatSigned(worst?.gapFte, 1)} FTE`}
        note={worst ? formatMonth(worst.month) : null}
        tone={worst && worst.gapFte < 0 ? 'under' : 'good'}
      />
      <Stat label={t('headcount.hiresNeeded')} value={formatNumber(hires)} />
      <Stat label={t('headcount.payroll')} value={formatMoney(payroll, currency)} />
      <Stat
        label={t('headcount.levelEnd')}
        value={formatPercent(last?.serviceLevelWithoutHiring)}
        note={last ? formatMonth(last.month) : null}
        tone={last && last.serviceLevelWithoutHiring < last.serviceLevel - 0.005 ? 'under' : 'plain'}
      />
    </Stats>
  );
}

/** The goal that all queues share; `null` where they differ. */
function onlyTarget(parts: readonly CapacityPart[]): number | null {
  const targets = new Set(parts.map(part => part.goals.serviceLevel?.target ?? null));
  const [only = null] = targets;
  return targets.size === 1 ? only : null;
}

const FIRST = {
  ...USUAL_RAMP,
  months: 18,
  growthPerYear: 0.03,
  attritionPerYear: 0.26,
  hoursPerWeek: 40,
  leaveShare: 0.03,
  costPerMonth: 5000,
  hiringCost: 0,
  headcount: 0,
  classes: [],
} as const;

/** Assumptions to start from: the queues' own figures, and as many people as this month needs. */
function firstDraft(parts: readonly CapacityPart[], timeZone: string): CapacityDraft {
  const [first] = parts;
  const draft = {
    ...FIRST,
    firstMonth: localDateOf(Math.floor(Date.now() / 1000), timeZone).slice(0, 7),
    ahtSeconds: first?.ahtSeconds ?? 300,
    patienceSeconds: first?.patienceSeconds ?? 180,
    shrinkage: first?.shrinkage ?? 0,
  };
  return { ...draft, headcount: Math.round(firstRequirement(draft, parts) * 10) / 10 };
}
