import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { MoneyRow } from '../../../api/contract/review.ts';
import type { RouteOutput } from '../../../api/contract/route.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatHours, formatMoney, formatNumber, formatPercent, NO_VALUE } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Attainment.module.css';
import type { Days } from './place.ts';

type Assumptions = RouteOutput<typeof ROUTES.getMoney>['assumptions'];

/** What answering cost and what not answering may have cost. */
export function useMoney(siteId: string, days: Days) {
  return useQuery({
    queryKey: ['money', siteId, days],
    queryFn: () => call(ROUTES.getMoney, { query: { siteId, ...days } }),
    placeholderData: previous => previous,
  });
}

interface MoneyProps {
  readonly siteId: string;
  readonly queueId: string | null;
  readonly days: Days;
}

/** The money of a place, and which of the organisation's own figures it lacks. */
export function Money({ siteId, queueId, days }: MoneyProps) {
  const query = useMoney(siteId, days);
  return (
    <Loaded query={query} height={260}>
      {({ items, assumptions }) => {
        const row = items.find(item => item.queueId === queueId);
        if (!row) return <Card title={t('attainment.money.title')}>{NO_VALUE}</Card>;
        return (
          <Card
            title={t('attainment.money.title')}
            note={t('attainment.money.note', { scheduled: row.daysScheduled, measured: row.daysMeasured })}
          >
            <MoneyFigures row={row} assumptions={assumptions} />
            <Untold assumptions={assumptions} />
          </Card>
        );
      }}
    </Loaded>
  );
}

interface MoneyFiguresProps {
  readonly row: MoneyRow;
  readonly assumptions: Assumptions;
}

/** The amounts, each with how it came about. */
export function MoneyFigures({ row, assumptions }: MoneyFiguresProps) {
  const { currency } = assumptions;
  return (
    <dl className={classes.figures}>
      <Figure
        name={t('attainment.money.costPerContact')}
        amount={formatMoney(row.costPerContact, currency, 2)}
        how={
          row.paidHours === null
            ? t('attainment.money.costPerContactNeeds')
            : t('attainment.money.paidHours', { hours: roundHours(row.paidHours) })
        }
      />
      <OnePoint point={row.onePoint} currency={currency} />
      <Figure
        name={t('attainment.money.hours')}
        amount={
          row.overHours === null || row.underHours === null
            ? NO_VALUE
            : t('attainment.money.overUnder', {
                over: roundHours(row.overHours),
                under: roundHours(row.underHours),
              })
        }
        how={t('attainment.money.hoursHow')}
      />
      <Lost row={row} assumptions={assumptions} />
    </dl>
  );
}

function roundHours(hours: number): string {
  return formatHours(Math.round(hours * 10) / 10);
}

function OnePoint({ point, currency }: { readonly point: MoneyRow['onePoint']; readonly currency: string }) {
  const hours = point?.paidHours ?? null;
  if (point === null || hours === null) {
    return (
      <Figure
        name={t('attainment.money.onePoint')}
        amount={NO_VALUE}
        how={t('attainment.money.onePointNone')}
      />
    );
  }
  return (
    <Figure
      name={t('attainment.money.onePoint')}
      amount={point.cost === null ? roundHours(hours) : formatMoney(point.cost, currency)}
      how={t('attainment.money.onePointHow', {
        hours: roundHours(hours),
        basis: t(`attainment.money.basis.${point.basis}`),
        level: formatPercent(point.serviceLevel, 1),
      })}
    />
  );
}

function Lost({ row, assumptions }: MoneyFiguresProps) {
  const { currency, lostPatientShare, valuePerRetainedPatient } = assumptions;
  const name = t('attainment.money.lost');
  if (row.lostPatients === null) return <Figure name={name} amount={NO_VALUE} />;
  const patients = t('attainment.money.patients', { count: Math.round(row.lostPatients) });
  const counted = t('attainment.money.lostHow', {
    abandoned: formatNumber(row.abandoned),
    share: formatPercent(lostPatientShare),
  });
  if (row.lostValue === null) return <Figure name={name} amount={patients} how={counted} />;
  const how = [
    counted,
    t('attainment.money.lostValue', { value: formatMoney(valuePerRetainedPatient, currency) }),
    ...(row.avoidableValue === null
      ? []
      : [t('attainment.money.avoidable', { value: formatMoney(row.avoidableValue, currency) })]),
  ];
  return <Figure name={name} amount={formatMoney(row.lostValue, currency)} how={how.join(', ')} />;
}

interface FigureProps {
  readonly name: string;
  readonly amount: string;
  readonly how?: string;
}

function Figure({ name, amount, how }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={classes.amount}>{amount}</span>
        {how === undefined ? null : <div className={classes.how}>{how}</div>}
      </dd>
    </div>
  );
}

/** Which of the organisation's own figures are still missing. */
function Untold({ assumptions }: { readonly assumptions: Assumptions }) {
  const may = useMay();
  const figures = [
    assumptions.agentHourCost === null ? t('attainment.money.untold.hour') : null,
    assumptions.lostPatientShare === null ? t('attainment.money.untold.lost') : null,
    assumptions.valuePerRetainedPatient === null ? t('attainment.money.untold.value') : null,
  ].filter(words => words !== null);
  if (figures.length === 0) return null;
  return (
    <p className={classes.untold}>
      {t('attainment.money.untoldText', { figures: figures.join(', ') })}{' '}
      {may('setting.manage') ? (
        <Link to="/settings">{t('attainment.money.toSettings')}</Link>
      ) : (
        t('attainment.money.askAdministrator')
      )}
    </p>
  );
}
