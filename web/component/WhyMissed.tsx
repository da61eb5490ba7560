import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from '../lib/api.ts';
import { t } from '../locale/i18n.ts';
import { Card } from './Card.tsx';
import { ChartCard } from './chart/ChartCard.tsx';
import { Waterfall } from './chart/Waterfall.tsx';
import { Loaded } from './Loaded.tsx';

/** A part below this (0.05 points) is left out of the chart; the table has them all. */
const SHOWN_FROM = 0.0005;

interface WhyMissedProps {
  /** One queue, or the queues of a site together. */
  readonly scope: { readonly queueId: string } | { readonly siteId: string };
  readonly range: { readonly from: string; readonly to: string };
}

/** The way from the planned to the actual service level, in parts that sum to the whole. */
export function WhyMissed({ scope, range }: WhyMissedProps) {
  const query = useQuery({
    queryKey: ['variance', scope, range.from, range.to],
    queryFn: () => call(ROUTES.getVariance, { query: { ...range, ...scope, by: 'total' } }),
  });
  return (
    <Loaded query={query} height={220}>
      {({ items }) => {
        const split = items[0];
        if (!split || split.planned === null || split.actual === null) {
          return <Card title={t('review.why')}>{split?.unexplained ?? t('review.whyNone')}</Card>;
        }
        const { planned, actual } = split;
        return (
          <ChartCard
            title={t('review.why')}
            note={split.sentence}
            fileName="why"
            table={() => ({
              header: [t('review.part'), t('review.effect')],
              rows: [
                [t('review.planned'), planned * 100],
                ...split.parts.map(part => [t(`review.cause.${part.cause}`), part.points * 100]),
                [t('review.actual'), actual * 100],
              ],
            })}
          >
            <Waterfall
              label={split.sentence}
              steps={[
                { id: 'planned', label: t('review.planned'), value: planned, kind: 'total' },
                ...split.parts
                  .filter(part => Math.abs(part.points) >= SHOWN_FROM)
                  .map(part => ({
                    id: part.cause,
                    label: t(`review.cause.${part.cause}`),
                    value: part.points,
                    kind: 'part' as const,
                  })),
                { id: 'actual', label: t('review.actual'), value: actual, kind: 'total' },
              ]}
            />
          </ChartCard>
        );
      }}
    </Loaded>
  );
}
