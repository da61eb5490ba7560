import type { ComponentProps, ReactNode } from 'react';
import { formatDayTime } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { ChartCard } from './ChartCard.tsx';
import { SeriesChart } from './SeriesChart.tsx';

interface TimeChartCardProps extends Omit<ComponentProps<typeof SeriesChart>, 'label'> {
  readonly title: string;
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly fileName: string;
  /** How an instant reads in the table; with its day and time unless told. */
  readonly words?: (instant: number) => string;
}

/** Lines over time in a card, with their figures as a table and a file. */
export function TimeChartCard({ title, unit, note, fileName, words, ...chart }: TimeChartCardProps) {
  const { at, lines, timeZone } = chart;
  const instantWords = words ?? ((instant: number) => formatDayTime(instant, timeZone));
  return (
    <ChartCard
      title={title}
      fileName={fileName}
      {...(unit !== undefined && { unit })}
      {...(note !== undefined && { note })}
      table={() => ({
        header: [t('chart.at'), ...lines.map(line => line.label)],
        rows: at.map((instant, i) => [instantWords(instant), ...lines.map(line => line.values[i] ?? null)]),
      })}
    >
      <SeriesChart label={title} {...chart} />
    </ChartCard>
  );
}
