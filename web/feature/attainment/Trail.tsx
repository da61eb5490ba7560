import { Link } from 'react-router';
import { Icon } from '../../component/Icon.tsx';
import { formatLocalDate, formatMonth, formatShortDate } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import classes from './Attainment.module.css';
import { daysOf, type Place, placeLink, type TrailStep, trail } from './place.ts';

/** The way from the whole to this place; each part leads back to it. */
export function Trail({ place }: { readonly place: Place }) {
  const { site, sites, queues, week } = useWorkplace();
  const steps = trail(place, sites.length > 1);
  const nameOf = ({ level, place: at }: TrailStep): string => {
    switch (level) {
      case 'all':
        return t('attainment.allSites');
      case 'site':
        return site?.name ?? '';
      case 'queue':
        return queues.find(queue => queue.id === at.queue)?.name ?? '';
      case 'month':
        return formatMonth(at.month ?? '');
      case 'week': {
        const { from, to } = daysOf(at, week);
        return t('attainment.weekOf', {
          from: formatShortDate(from),
          to: formatShortDate(to),
        });
      }
      case 'day':
        return formatLocalDate(at.day ?? '', false);
    }
  };
  // At the outermost place there is no way back, and the bar above names the site.
  if (steps.length < 2) return null;
  return (
    <nav aria-label={t('attainment.trail')} className={classes.trail}>
      <ol>
        {steps.map((step, i) => (
          <li key={step.level}>
            {i > 0 ? <Icon name="right" size={13} /> : null}
            {i === steps.length - 1 ? (
              <span aria-current="page">{nameOf(step)}</span>
            ) : (
              <Link to={placeLink(step.place)}>{nameOf(step)}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
