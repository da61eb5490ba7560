import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { demandOfMonths, localDateOf, type TypicalWeek } from '../../../forecasting/index.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { call } from '../../lib/api.ts';
import { formatMoney, formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { Assumptions } from './Assumptions.tsx';
import { CapacityCharts } from './CapacityCharts.tsx';
import { HiringClasses } from './HiringClasses.tsx';
import { MonthTable } from './MonthTable.tsx';
import { type CapacityDraft, type CapacityMonth, computeCapacity, goalsOf, proposeClasses } from './model.ts';
import { SavedPlans } from './SavedPlans.tsx';

interface CapacityViewProps {
  readonly queue: Queue;
  readonly week: TypicalWeek;
  readonly ahtSeconds: number;
}

/** Assumptions, hiring classes, and what follows from them at once. */
export function CapacityView({ queue, week, ahtSeconds }: CapacityViewProps) {
  const { site } = useWorkplace();
  const goals = useMemo(() => goalsOf(queue), [queue]);
  const [draft, setDraft] = useState<CapacityDraft>(() => firstDraft(queue, week, ahtSeconds));
  const deferred = useDeferredValue(draft);
  const months = useMemo(() => computeCapacity(deferred, week, goals), [deferred, week, goals]);
  const plans = useQuery({
    queryKey: ['capacityPlans', site?.id],
    queryFn: () => call(ROUTES.listCapacityPlans, { query: { siteId: site?.id } }),
    enabled: site !== null,
  });
  const currency = site?.currency ?? 'USD';
  return (
    <Stack>
      <Figures months={months} currency={currency} />
      <CapacityCharts months={months} goal={goals.serviceLevel?.target ?? 0.8} />
      <Assumptions draft={draft} currency={currency} onChange={setDraft} />
      <HiringClasses
        draft={draft}
        onChange={setDraft}
        onPropose={() => setDraft({ ...draft, classes: proposeClasses(draft, week, goals) })}
      />
      <MonthTable months={months} currency={currency} />
      <SavedPlans
        queueId={queue.id}
        plans={plans}
        draft={draft}
        months={months}
        goals={goals}
        onOpen={setDraft}
      />
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
  const payroll = months.reduce((sum, month) => sum + month.payrollCost, 0);
  return (
    <Stats>
      <Stat
        label={t('headcount.worst')}
        value={`${formatSigned(worst?.gapFte, 1)} FTE`}
        note={t('headcount.worstNote', { month: worst?.month ?? '' })}
        tone={worst && worst.gapFte < 0 ? 'under' : 'good'}
      />
      <Stat label={t('headcount.hiresNeeded')} value={formatNumber(hires)} />
      <Stat label={t('headcount.payroll')} value={formatMoney(payroll, currency)} />
      <Stat
        label={t('headcount.levelEnd')}
        value={formatPercent(last?.serviceLevelWithoutHiring)}
        note={last?.month}
        tone={last && last.serviceLevelWithoutHiring < last.serviceLevel - 0.005 ? 'under' : 'plain'}
      />
    </Stats>
  );
}

const FIRST: Omit<
  CapacityDraft,
  'firstMonth' | 'ahtSeconds' | 'headcount' | 'patienceSeconds' | 'shrinkage'
> = {
  months: 18,
  growthPerYear: 0.03,
  attritionPerYear: 0.26,
  hoursPerWeek: 40,
  leaveShare: 0.03,
  costPerMonth: 5000,
  rampMonths: 3,
  classes: [],
};

/** Assumptions to start from: the queue's own figures, and as many people as this month needs. */
function firstDraft(queue: Queue, week: TypicalWeek, ahtSeconds: number): CapacityDraft {
  const patienceSeconds = queue.patienceSeconds ?? 180;
  const shrinkage = Math.min(
    0.9,
    queue.shrinkage.reduce((sum, part) => sum + part.share, 0),
  );
  const monthly = week.offered.reduce((sum, value) => sum + value, 0) * (365.25 / 12 / 7);
  const [now] = demandOfMonths({
    week,
    monthlyOffered: [monthly],
    ahtSeconds,
    patienceSeconds,
    goals: goalsOf(queue),
    shrinkage,
    hoursPerWeek: FIRST.hoursPerWeek,
  });
  return {
    ...FIRST,
    firstMonth: localDateOf(Math.floor(Date.now() / 1000), queue.timeZone).slice(0, 7),
    ahtSeconds,
    patienceSeconds,
    shrinkage,
    headcount: Math.round((now?.requiredFte ?? 1) * 10) / 10,
  };
}
