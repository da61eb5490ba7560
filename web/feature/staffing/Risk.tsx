import { SegmentedControl } from '@mantine/core';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ChartCard } from '../../component/chart/ChartCard.tsx';
import { SeriesChart } from '../../component/chart/SeriesChart.tsx';
import { SERIES } from '../../lib/colours.ts';
import { formatDayTime, formatPercent } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './StaffingView.module.css';

/** Aim for the mean volume, or for the volume that is not exceeded with this chance. */
export const CHANCES = [null, 0.7, 0.8, 0.9] as const;
export type Chance = (typeof CHANCES)[number];

interface RiskProps {
  readonly columns: ForecastSeries;
  /** Chance that each interval keeps its goals; `null` where closed. */
  readonly chances: readonly (number | null)[];
  readonly chance: Chance;
  readonly onChance: (chance: Chance) => void;
  readonly name: string;
}

const MOST_POINTS = 1400;

/** How sure the goals are, interval by interval, and how sure they should be. */
export function Risk({ columns, chances, chance, onChance, name }: RiskProps) {
  const shown = chances.slice(0, MOST_POINTS);
  const at = shown.map((_, i) => columns.start + i * columns.stepSeconds);
  const percent = shown.map(value => (value === null ? null : value * 100));
  return (
    <ChartCard
      title={t('staffing.risk.title')}
      unit={t('staffing.risk.unit')}
      fileName={`risk-${name}`}
      table={() => ({
        header: [t('chart.at'), t('staffing.risk.chance')],
        rows: at.map((instant, i) => [formatDayTime(instant, columns.timeZone), formatPercent(shown[i])]),
      })}
    >
      <div className={classes.riskChoice}>
        <span>{t('staffing.risk.aim')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('staffing.risk.aim')}
          value={String(chance)}
          onChange={value => onChance(CHANCES.find(one => String(one) === value) ?? null)}
          data={CHANCES.map(one => ({
            value: String(one),
            label: one === null ? t('staffing.risk.mean') : formatPercent(one),
          }))}
        />
      </div>
      <SeriesChart
        label={t('staffing.risk.title')}
        at={at}
        lines={[
          {
            id: 'chance',
            label: t('staffing.risk.chance'),
            colour: SERIES.forecast,
            values: percent,
            step: true,
          },
        ]}
        timeZone={columns.timeZone}
        height={170}
      />
      <p className={classes.hint}>{t('staffing.risk.note')}</p>
    </ChartCard>
  );
}
