import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Forecast } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Columns } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime, formatDuration, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { Accuracy } from './Accuracy.tsx';
import { Drivers } from './Drivers.tsx';
import { Explanation } from './Explanation.tsx';
import { ForecastChart } from './ForecastChart.tsx';
import { ForecastGrid } from './ForecastGrid.tsx';
import { Layers } from './Layers.tsx';

interface ForecastViewProps {
  readonly forecast: Forecast;
  readonly queue: Queue;
  /** Called when the forecast was made anew. */
  readonly onRun: () => void;
}

/** One forecast: figures, chart, accuracy, layers, grid. */
export function ForecastView({ forecast, queue, onRun }: ForecastViewProps) {
  const [explained, setExplained] = useState<number | null>(null);
  const series = useQuery({
    queryKey: ['forecast-series', forecast.id],
    queryFn: () => call(ROUTES.getForecastSeries, { params: { id: forecast.id } }),
  });
  const certificate = useQuery({
    queryKey: ['certificate', forecast.id],
    queryFn: () => call(ROUTES.getCertificate, { params: { id: forecast.id } }),
  });
  return (
    <Loaded query={series} height={480}>
      {columns => {
        const total = columns.offered.reduce<number>((sum, value) => sum + (value ?? 0), 0);
        const peak = columns.offered.reduce<number>(
          (best, value, i) => ((value ?? 0) > (columns.offered[best] ?? 0) ? i : best),
          0,
        );
        const work = columns.offered.reduce<number>(
          (sum, value, i) => sum + (value ?? 0) * (columns.ahtSeconds[i] ?? 0),
          0,
        );
        return (
          <>
            <Stats>
              <Stat label={t('forecast.calls')} value={formatNumber(total)} />
              <Stat
                label={t('forecast.peak')}
                value={formatNumber(columns.offered[peak], 1)}
                note={formatDayTime(columns.start + peak * columns.stepSeconds, columns.timeZone)}
              />
              <Stat
                label={<Term id="aht">{t('forecast.aht')}</Term>}
                value={formatDuration(work > 0 && total > 0 ? work / total : null)}
              />
              <Stat label={t('forecast.modelName')} value={columns.modelName} note={columns.modelReason} />
            </Stats>
            <ForecastChart columns={columns} name={queue.name} />
            <Columns min={640}>
              <Accuracy query={certificate} />
              <Stack gap={12}>
                <Layers forecast={forecast} timeZone={columns.timeZone} />
                <Drivers queue={queue} series={columns} onRun={onRun} />
              </Stack>
            </Columns>
            <ForecastGrid forecast={forecast} columns={columns} onFocus={setExplained} />
            <Explanation forecast={forecast} at={explained} timeZone={columns.timeZone} />
          </>
        );
      }}
    </Loaded>
  );
}
