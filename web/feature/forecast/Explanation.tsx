import { useQuery } from '@tanstack/react-query';
import type { Forecast } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDayTime, formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Explanation.module.css';

interface ExplanationProps {
  readonly forecast: Forecast;
  readonly at: number | null;
  readonly timeZone: string;
}

/** How one number came about, factor by factor. */
export function Explanation({ forecast, at, timeZone }: ExplanationProps) {
  const query = useQuery({
    queryKey: ['explanation', forecast.id, at],
    queryFn: () => call(ROUTES.explainForecast, { params: { id: forecast.id }, query: { at: at ?? 0 } }),
    enabled: at !== null,
    placeholderData: previous => previous,
  });
  return (
    <Card title={t('forecast.explain')}>
      {at === null ? (
        <p>{t('forecast.explainNone')}</p>
      ) : (
        <Loaded query={query} height={60}>
          {explanation => (
            <>
              <p>
                {t('forecast.explainFor', {
                  when: formatDayTime(explanation.at, timeZone),
                  value: formatNumber(explanation.final, 1),
                })}
              </p>
              <ol className={classes.parts}>
                {explanation.parts.map(part => (
                  <li key={`${part.kind}${part.name}`}>
                    <span>
                      {part.kind === 'driver' && part.name !== 'driver'
                        ? t('forecast.driverPart', { name: part.name })
                        : part.name}
                    </span>
                    <b>
                      {t(`forecast.effect.${part.effect}`)} {formatNumber(part.value, 2)}
                    </b>
                  </li>
                ))}
              </ol>
            </>
          )}
        </Loaded>
      )}
    </Card>
  );
}
