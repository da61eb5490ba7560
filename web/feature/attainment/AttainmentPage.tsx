import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { Loading } from '../../component/Loading.tsx';
import { Page } from '../../component/Page.tsx';
import { formatLocalDate } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { AttainmentActions } from './AttainmentActions.tsx';
import { AttainmentView } from './AttainmentView.tsx';
import { NoAttainment } from './NoAttainment.tsx';
import { daysOf, type Place, placeParams, readPlace } from './place.ts';
import { Trail } from './Trail.tsx';

/** The director's minute: were patients answered, where not, why, and what it cost. The address keeps the place. */
export function AttainmentPage() {
  const { site, week, isLoading } = useWorkplace();
  const [place, go] = usePlace();
  const days = daysOf(place, week);
  return (
    <Page
      title={t('attainment.title')}
      lead={`${formatLocalDate(days.from)} – ${formatLocalDate(days.to)}`}
      actions={<AttainmentActions place={place} days={days} onGo={go} />}
    >
      <Trail place={place} />
      {site ? (
        <AttainmentView place={place} days={days} site={site} onGo={go} />
      ) : isLoading ? (
        <Loading height={420} />
      ) : (
        <NoAttainment />
      )}
    </Page>
  );
}

/** The place in the address. A site chosen in the bar above leaves the place within the former one. */
function usePlace(): readonly [Place, (place: Place) => void] {
  const [params, setParams] = useSearchParams();
  const { site, sites, chooseSite } = useWorkplace();
  const place = readPlace(params);
  const go = useCallback((next: Place) => setParams(placeParams(next)), [setParams]);
  const asked = sites.some(one => one.id === place.site) ? place.site : null;
  const siteId = site?.id ?? null;
  const shownSite = useRef(siteId);
  useEffect(() => {
    const changedAbove = shownSite.current !== null && siteId !== shownSite.current;
    shownSite.current = siteId;
    if (asked !== null && asked !== siteId && !changedAbove) chooseSite(asked);
    else if (changedAbove && asked !== siteId) setParams({});
  }, [asked, siteId, chooseSite, setParams]);
  return [place, go];
}
