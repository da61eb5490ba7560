import { FELT_MEASURES, type TicketGoals } from '../../../api/contract/felt.ts';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import type { RouteOutput } from '../../../api/contract/route.ts';
import type { ROUTES } from '../../../api/contract/routes.ts';
import { type Relation, relate } from '../../../forecasting/index.ts';
import { formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

/** What patients felt over some days, each measure in a row, related to the waiting of the same days. */

type Measure = (typeof FELT_MEASURES)[number];
/** A value of one queue over one day or a longer period. */
type FeltValue = RouteOutput<typeof ROUTES.listFelt>['items'][number];

export interface FeltRow {
  readonly measure: Measure;
  readonly mean: number;
  /** Values behind the mean. */
  readonly values: number;
  readonly answers: number | null;
  /** Of tickets: what the site promises about them, and values at or below the ceiling. */
  readonly ceiling: { readonly mostOpen: number; readonly kept: number } | null;
  readonly name: string;
  readonly relation: Relation;
}

/** Counts and scores; the others are shares of 0 to 1. */
const PLAIN: ReadonlySet<Measure> = new Set(['satisfaction', 'netPromoterScore', 'openTickets']);
const PER_SECONDS = 10;
const SEED = 1;

/** Rows of the measures that have values, in their usual order. Waits are attainment rows by queue and day. */
export function feltRows(
  values: readonly FeltValue[],
  waits: readonly AttainmentRow[],
  goals: TicketGoals,
): readonly FeltRow[] {
  return FELT_MEASURES.flatMap(measure => {
    const own = values.filter(value => value.measure === measure);
    return own.length === 0 ? [] : [rowOf(measure, own, waits, goals)];
  });
}

function rowOf(
  measure: Measure,
  values: readonly FeltValue[],
  waits: readonly AttainmentRow[],
  { mostOpen, answerWithinMinutes }: TicketGoals,
): FeltRow {
  const answers = values.flatMap(value => value.answers ?? []);
  return {
    measure,
    name: t(`felt.measure.${measure}`, { minutes: answerWithinMinutes }),
    mean: weightedMean(values),
    values: values.length,
    answers: answers.length > 0 ? answers.reduce((sum, count) => sum + count, 0) : null,
    ceiling:
      measure === 'openTickets'
        ? { mostOpen, kept: values.filter(({ value }) => value <= mostOpen).length }
        : null,
    relation: relate(pairsOf(values, waits), SEED),
  };
}

function weightedMean(values: readonly FeltValue[]): number {
  const weight = values.reduce((sum, { answers }) => sum + (answers ?? 1), 0);
  const total = values.reduce((sum, { value, answers }) => sum + value * (answers ?? 1), 0);
  return weight > 0 ? total / weight : 0;
}

/**
 * One pair of wait and value per stretch of days. Queues with values for the same days make one pair: queues differ in
 * more than their waits, so that setting them against each other would show that instead.
 */
function pairsOf(values: readonly FeltValue[], waits: readonly AttainmentRow[]) {
  const stretches = new Map<string, FeltValue[]>();
  for (const value of values) {
    const key = `${value.date} ${value.toDate}`;
    const own = stretches.get(key);
    if (own) own.push(value);
    else stretches.set(key, [value]);
  }
  return [...stretches.values()].map(own => {
    const queues = new Set(own.map(value => value.queueId));
    const days = waits.filter(
      row =>
        row.queueId !== null &&
        queues.has(row.queueId) &&
        own[0] !== undefined &&
        row.from >= own[0].date &&
        row.from <= own[0].toDate,
    );
    return { x: meanWait(days), y: weightedMean(own) };
  });
}

function meanWait(rows: readonly AttainmentRow[]): number | null {
  let [seconds, handled] = [0, 0];
  for (const { actual } of rows) {
    if (actual.asaSeconds === null || actual.handled === null) continue;
    seconds += actual.asaSeconds * actual.handled;
    handled += actual.handled;
  }
  return handled > 0 ? seconds / handled : null;
}

export function shownMeasure(measure: Measure, value: number): string {
  return PLAIN.has(measure) ? formatNumber(value, 1) : formatPercent(value, 1);
}

/** The mean of a row; of tickets with the share of days that kept to the ceiling. */
export function meanWords(row: FeltRow): string {
  const mean = shownMeasure(row.measure, row.mean);
  if (row.ceiling === null) return mean;
  return t('felt.withinCeiling', {
    mean,
    ceiling: row.ceiling.mostOpen,
    share: formatPercent(row.ceiling.kept / row.values),
  });
}

/** How the measure went with the wait, with its uncertainty; never as a cause. */
export function relationWords({ measure, relation }: FeltRow): string {
  if (relation.kind === 'tooFew') {
    return t('felt.tooFew', { pairs: relation.pairs, needed: relation.needed });
  }
  const isShare = !PLAIN.has(measure);
  const digits = measure === 'satisfaction' ? 2 : 1;
  const change = (slope: number) => formatSigned(slope * PER_SECONDS * (isShare ? 100 : 1), digits);
  return t(relation.isClear ? 'felt.clear' : 'felt.unclear', {
    change: change(relation.slope),
    lower: change(relation.slopeLower),
    upper: `${change(relation.slopeUpper)}${isShare ? ' pts' : ''}`,
  });
}
