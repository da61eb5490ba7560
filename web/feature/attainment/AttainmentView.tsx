import { Button } from '@mantine/core';
import type { Site } from '../../../api/contract/centre.ts';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Card } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { WhyMissed } from '../../component/WhyMissed.tsx';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Attainment.module.css';
import { AttainmentTiles } from './AttainmentTiles.tsx';
import { type DrillScope, DrillTable } from './DrillTable.tsx';
import { Money } from './Money.tsx';
import { NoAttainment } from './NoAttainment.tsx';
import { PatientsFelt } from './PatientsFelt.tsx';
import { type Days, daysBefore, type Place, stepOf } from './place.ts';
import { Trend } from './Trend.tsx';
import { useAttainment } from './useAttainment.ts';
import { WorstHours } from './WorstHours.tsx';

interface AttainmentViewProps {
  readonly place: Place;
  readonly days: Days;
  readonly site: Site;
  readonly onGo: (place: Place) => void;
}

/** One place: its figures, where or when it went wrong, why, money, what patients felt, and the trend. */
export function AttainmentView({ place, days, site, onGo }: AttainmentViewProps) {
  const { queues } = useWorkplace();
  const scope: DrillScope = {
    ...(place.site !== 'all' && { siteId: site.id }),
    ...(place.queue !== null && { queueIds: [place.queue] }),
    ...(place.definition && { definition: place.definition }),
  };
  const whole = useAttainment({ ...days, ...scope, by: 'total' });
  const former = useAttainment({ ...daysBefore(days), ...scope, by: 'total' });
  const name = queues.find(queue => queue.id === place.queue)?.name ?? site.name;
  return (
    <Loaded query={whole} height={420}>
      {({ items, definitions }) => {
        const total = totalOf(items, place);
        if (!total || total.actual.offered === null) {
          return (
            <NoAttainment>
              {place.range === 'months12' ? null : (
                <Button
                  onClick={() => onGo({ ...place, range: 'months12', month: null, week: null, day: null })}
                >
                  {t('attainment.wholeRange')}
                </Button>
              )}
            </NoAttainment>
          );
        }
        return (
          <>
            <AttainmentTiles
              row={total}
              queues={items.filter(item => item.queueId !== null)}
              former={former.data && totalOf(former.data.items, place)}
              days={days}
            />
            <div className={classes.board}>
              <DrillTable place={place} days={days} scope={scope} total={total} rows={items} />
              {place.site === 'all' ? null : (
                <WhyMissed
                  scope={place.queue === null ? { siteId: site.id } : { queueId: place.queue }}
                  range={days}
                />
              )}
            </div>
            {place.site === 'all' ? null : (
              <div className={classes.cards}>
                <Money siteId={site.id} queueId={place.queue} days={days} />
                <PatientsFelt site={site} queueId={place.queue} days={days} />
                <WorstHours rows={items} />
              </div>
            )}
            <Trend
              key={`${stepOf(place)}${place.range}`}
              name={name}
              place={place}
              days={days}
              scope={scope}
              goal={total.goal}
            />
            <Definitions entries={definitions} />
          </>
        );
      }}
    </Loaded>
  );
}

/** The row of the place itself: of all sites, of a site, or of a queue. */
function totalOf(rows: readonly AttainmentRow[], place: Place): AttainmentRow | undefined {
  if (place.queue !== null) return rows.find(row => row.queueId === place.queue);
  const sums = rows.filter(row => row.queueId === null);
  return place.site === 'all' ? (sums.find(row => row.siteId === null) ?? sums[0]) : sums[0];
}

function Definitions({
  entries,
}: {
  readonly entries: readonly { readonly id: string; readonly name: string; readonly formula: string }[];
}) {
  return (
    <Card title={t('attainment.definitions')}>
      <dl className={classes.definitions}>
        {entries.map(entry => (
          <div key={entry.id}>
            <dt>{entry.name}</dt>
            <dd>{entry.formula}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
