import { useQuery } from '@tanstack/react-query';
import type { Site } from '../../../api/contract/centre.ts';
import type { RouteOutput } from '../../../api/contract/route.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import {
  formatDate,
  formatDuration,
  formatMonth,
  formatNumber,
  formatPercent,
  formatShortDate,
} from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { meanWords, relationWords } from './feltRows.ts';
import { MoneyFigures, useMoney } from './Money.tsx';
import classes from './MonthSheet.module.css';
import { useFeltRows } from './PatientsFelt.tsx';
import { type Days, daysOfMonth } from './place.ts';
import { QueueStandards } from './QueueStandards.tsx';
import { useAttainment } from './useAttainment.ts';

type Report = RouteOutput<typeof ROUTES.getAttainment>;

interface MonthProps {
  readonly site: Site;
  readonly days: Days;
}

/** The sheet: how it went, against own goals and outside standards, week by week, why, money, felt, definitions. */
export function MonthSheet({ site, month }: { readonly site: Site; readonly month: string }) {
  const days = daysOfMonth(month);
  const total = useAttainment({ ...days, siteId: site.id, by: 'total' });
  const heading = t('attainment.month.heading', { site: site.name, month: formatMonth(month) });
  return (
    <Loaded query={total} height={600}>
      {report => {
        const whole = report.items.find(row => row.queueId === null);
        if (!whole) {
          return (
            <EmptyState icon="attainment" title={`${t('attainment.none')}: ${formatMonth(month)}`}>
              {t('attainment.noneText')}
            </EmptyState>
          );
        }
        return (
          <article className={classes.sheet}>
            <header>
              <h2>{heading}</h2>
              <p>
                {t('attainment.month.summary', {
                  offered: formatNumber(whole.actual.offered),
                  level: formatPercent(whole.actual.serviceLevel, 1),
                  asa: formatDuration(whole.actual.asaSeconds),
                  abandonment: formatPercent(whole.actual.abandonmentRate, 1),
                  kept: whole.queuesInGoal,
                  all: whole.queuesMeasured,
                })}
              </p>
            </header>
            <QueueStandards rows={report.items.filter(row => row.queueId !== null)} />
            <div className={classes.halves}>
              <Weeks site={site} days={days} />
              <MonthFelt site={site} days={days} />
            </div>
            <div className={classes.halves}>
              <MonthMoney site={site} days={days} />
              <MonthWhy site={site} days={days} />
            </div>
            <Foot report={report} site={site} />
          </article>
        );
      }}
    </Loaded>
  );
}

function Foot({ report, site }: { readonly report: Report; readonly site: Site }) {
  return (
    <footer className={classes.small}>
      {report.definitions.map(({ id, name, formula }) => (
        <span key={id}>
          <b>{name}:</b> {formula}{' '}
        </span>
      ))}
      {t('attainment.month.unknownNote')}{' '}
      {t('attainment.month.made', { when: formatDate(Math.floor(Date.now() / 1000), site.timeZone) })}
    </footer>
  );
}

function Weeks({ site, days }: MonthProps) {
  const query = useAttainment({ ...days, siteId: site.id, by: 'week' });
  return (
    <section>
      <h3>{t('attainment.month.weeks')}</h3>
      <Loaded query={query} height={120}>
        {({ items }) => (
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('attainment.row.week')}</th>
                <th scope="col">{t('review.column.offered')}</th>
                <th scope="col">{t('review.column.level')}</th>
                <th scope="col">{t('review.column.asa')}</th>
                <th scope="col">{t('review.column.abandonment')}</th>
              </tr>
            </thead>
            <tbody>
              {items
                .filter(row => row.queueId === null)
                .map(row => (
                  <tr key={row.period}>
                    <th scope="row">
                      {t('attainment.weekOf', {
                        from: formatShortDate(row.from),
                        to: formatShortDate(row.to),
                      })}
                    </th>
                    <td>{formatNumber(row.actual.offered)}</td>
                    <td>{formatPercent(row.actual.serviceLevel, 1)}</td>
                    <td>{formatNumber(row.actual.asaSeconds)}</td>
                    <td>{formatPercent(row.actual.abandonmentRate, 1)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </section>
  );
}

function MonthWhy({ site, days }: MonthProps) {
  const query = useQuery({
    queryKey: ['variance', { siteId: site.id }, days.from, days.to],
    queryFn: () => call(ROUTES.getVariance, { query: { ...days, siteId: site.id, by: 'total' } }),
  });
  return (
    <section>
      <h3>{t('attainment.month.why')}</h3>
      <Loaded query={query} height={60}>
        {({ items: [split] }) => <p>{split?.sentence ?? t('review.whyNone')}</p>}
      </Loaded>
    </section>
  );
}

function MonthMoney({ site, days }: MonthProps) {
  const query = useMoney(site.id, days);
  return (
    <section>
      <h3>{t('attainment.month.money')}</h3>
      <Loaded query={query} height={120}>
        {({ items, assumptions }) => {
          const row = items.find(item => item.queueId === null);
          return row ? <MoneyFigures row={row} assumptions={assumptions} /> : null;
        }}
      </Loaded>
    </section>
  );
}

function MonthFelt({ site, days }: MonthProps) {
  const { query, rows } = useFeltRows({ site, queueId: null, days });
  return (
    <section>
      <h3>{t('attainment.month.felt')}</h3>
      <Loaded<unknown> query={query} height={120}>
        {() =>
          rows.length === 0 ? (
            <p>{t('felt.none')}</p>
          ) : (
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('felt.column.measure')}</th>
                  <th scope="col">{t('felt.column.mean')}</th>
                  <th scope="col">{t('felt.column.relation')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <tr key={row.measure}>
                    <th scope="row">{row.name}</th>
                    <td>{meanWords(row)}</td>
                    <td>{relationWords(row)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </section>
  );
}
