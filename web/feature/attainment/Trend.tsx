import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatPercent } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import type { DrillScope } from './DrillTable.tsx';
import { type Days, type Place, STEP_OF_RANGE, stepOf } from './place.ts';
import { useAttainment } from './useAttainment.ts';

const GRAINS = ['month', 'week', 'day', 'interval'] as const;
type Grain = (typeof GRAINS)[number];

interface TrendProps {
  readonly name: string;
  readonly place: Place;
  readonly days: Days;
  readonly scope: DrillScope;
  readonly goal: AttainmentRow['goal'];
}

/** The finest steps that say something about a place: days of some weeks, intervals of a day. */
function firstGrain(place: Place): Grain {
  const step = stepOf(place);
  if (step === 'interval') return 'interval';
  const isLong =
    step === 'month' || ((step === 'site' || step === 'queue') && STEP_OF_RANGE[place.range] === 'month');
  return isLong ? 'week' : 'day';
}

/** Service level over time with the share of intervals in goal beside it: an average can hide bad hours. */
export function Trend({ name, place, days, scope, goal }: TrendProps) {
  const { site } = useWorkplace();
  const [by, setBy] = useState<Grain>(() => firstGrain(place));
  const rows = useAttainment({ ...days, ...scope, by });
  const queueId = place.queue;
  const chart = useMemo(() => chartOf(rows.data?.items ?? [], queueId, by), [rows.data, queueId, by]);
  const target = goal?.serviceLevel?.target;
  const title = t('attainment.trend', { name });
  const grains = stepOf(place) === 'interval' ? (['interval'] as const) : GRAINS.slice(0, 3);
  return (
    <ChartCard
      title={title}
      fileName={`trend-${name}`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('attainment.grainLabel')}
          value={by}
          onChange={value => setBy(GRAINS.find(grain => grain === value) ?? 'week')}
          data={grains.map(value => ({ value, label: t(`attainment.grain.${value}`) }))}
        />
      }
      table={() => ({
        header: [
          t('attainment.periodColumn'),
          t('review.column.offered'),
          t('review.column.level'),
          t('review.column.asa'),
          t('review.column.abandonment'),
        ],
        rows: chart.items.map(row => [
          row.period,
          row.actual.offered,
          row.actual.serviceLevel,
          row.actual.asaSeconds,
          row.actual.abandonmentRate,
        ]),
      })}
    >
      <Loaded query={rows} height={240}>
        {() => (
          <SeriesChart
            label={title}
            at={chart.at}
            lines={chart.lines}
            timeZone={site?.timeZone ?? 'UTC'}
            height={240}
            domain={[0, 1]}
            format={value => formatPercent(value)}
            {...(target !== undefined && {
              goal: { value: target, label: `${t('attainment.goal')} ${formatPercent(target)}` },
            })}
          />
        )}
      </Loaded>
    </ChartCard>
  );
}

function chartOf(rows: readonly AttainmentRow[], queueId: string | null, by: Grain) {
  const items = rows.filter(row => row.queueId === queueId && row.siteId !== null);
  const level = {
    id: 'level',
    label: t('review.tiles.serviceLevel'),
    colour: SERIES.forecast,
    values: items.map(row => row.actual.serviceLevel),
  };
  const intervals = {
    id: 'intervals',
    label: t('attainment.consistency'),
    colour: SERIES.actual,
    dashed: true,
    values: items.map(row =>
      row.intervalsMeasured > 0 ? row.intervalsInGoal / row.intervalsMeasured : null,
    ),
  };
  return {
    items,
    at: items.map(row => row.start),
    // One interval is either in goal or not: a share of it says nothing.
    lines: by === 'interval' ? [level] : [level, intervals],
  };
}
