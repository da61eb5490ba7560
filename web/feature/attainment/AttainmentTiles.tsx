import type { ReactNode } from 'react';
import type { AttainmentRow } from '../../../api/contract/review.ts';
import { GOAL_PARTS, missedParts } from '../../component/missedParts.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatNumber, formatPercent, formatPoints, formatSigned } from '../../lib/format.ts';
import type { GlossaryTerm } from '../../locale/en/glossary.ts';
import { t } from '../../locale/i18n.ts';
import { countDays, type Days } from './place.ts';

interface AttainmentTilesProps {
  readonly row: AttainmentRow;
  /** Its queues, where it is a site. */
  readonly queues: readonly AttainmentRow[];
  /** The same place in the days before; absent while it is read, or without actuals. */
  readonly former: AttainmentRow | undefined;
  readonly days: Days;
}

function tone(kept: boolean | null | undefined): 'plain' | 'good' | 'under' {
  return kept == null ? 'plain' : kept ? 'good' : 'under';
}

function note(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(part => part != null).join(' · ');
}

/** The place in six figures, each beside its goal and beside the days before. */
export function AttainmentTiles(props: AttainmentTilesProps) {
  const { row } = props;
  const { actual, goal } = row;
  return (
    <Stats>
      <LevelTile {...props} />
      <LimitTile
        {...props}
        term="asa"
        read={one => one.actual.asaSeconds}
        limit={goal?.asaSeconds}
        show={formatDuration}
        showChange={change => `${formatSigned(change, 1)} s`}
      />
      <LimitTile
        {...props}
        term="abandonment"
        read={one => one.actual.abandonmentRate}
        limit={goal?.maxAbandonment}
        show={(value, digits) => formatPercent(value, digits)}
        showChange={formatPoints}
      />
      <Stat
        label={t('review.tiles.offered')}
        value={formatNumber(actual.offered)}
        note={versus(props, one => one.actual.offered, formatSigned)}
      />
      <SteadyTile
        label={<Term id="attainment">{t('attainment.consistency')}</Term>}
        part={row.intervalsInGoal}
        all={row.intervalsMeasured}
      />
      <SteadyTile label={t('attainment.daysInGoal')} part={row.daysInGoal} all={row.daysMeasured} />
    </Stats>
  );
}

type Read = (row: AttainmentRow) => number | null;

/** The change on the days before; `null` where one of the two is not known. */
function versus(
  { row, former, days }: AttainmentTilesProps,
  read: Read,
  show: (change: number) => string,
): string | null {
  const [now, then] = [read(row), former ? read(former) : null];
  if (now === null || then === null) return null;
  return t('attainment.versus', { change: show(now - then), count: countDays(days) });
}

function LevelTile(props: AttainmentTilesProps) {
  const { row } = props;
  const { serviceLevel } = row.actual;
  const level = row.goal?.serviceLevel;
  const several = row.queuesMeasured > 1;
  const kept = several ? row.goalMet : level && serviceLevel !== null && serviceLevel >= level.target;
  const goalWords = several
    ? note(
        t('attainment.queuesInGoal', { kept: row.queuesInGoal, all: row.queuesMeasured }),
        missedWords(props.queues),
      )
    : level &&
      t('attainment.goalLevel', {
        target: formatPercent(level.target),
        seconds: level.answerWithinSeconds,
      });
  return (
    <Stat
      label={<Term id="serviceLevel" />}
      value={formatPercent(serviceLevel, 1)}
      tone={tone(kept)}
      note={note(
        goalWords,
        versus(props, one => one.actual.serviceLevel, formatPoints),
      )}
    />
  );
}

/** How many queues missed which part of their goal; `null` when none did. */
function missedWords(queues: readonly AttainmentRow[]): string | null {
  const counts = GOAL_PARTS.map(part => {
    const count = queues.filter(queue => missedParts(queue).includes(part)).length;
    return { part, count };
  }).filter(({ count }) => count > 0);
  if (counts.length === 0) return null;
  const parts = counts.map(({ part, count }) => `${t(`glossary.${part}.name`)} ${count}`);
  return t('attainment.missedIn', { parts: parts.join(', ') });
}

interface LimitTileProps extends AttainmentTilesProps {
  readonly term: GlossaryTerm;
  readonly read: Read;
  readonly limit: number | undefined;
  readonly show: (value: number | null, digits?: number) => string;
  readonly showChange: (change: number) => string;
}

/** A figure that is to be at most so much. */
function LimitTile({ term, read, limit, show, showChange, ...place }: LimitTileProps) {
  const value = read(place.row);
  const goalWords = limit === undefined ? null : t('attainment.goalAtMost', { value: show(limit) });
  return (
    <Stat
      label={<Term id={term} />}
      value={show(value, 1)}
      tone={tone(value === null || limit === undefined ? null : value <= limit)}
      note={note(goalWords, versus(place, read, showChange))}
    />
  );
}

/** How many of all kept their goal. */
function SteadyTile({
  label,
  part,
  all,
}: {
  readonly label: ReactNode;
  readonly part: number;
  readonly all: number;
}) {
  return (
    <Stat
      label={label}
      value={formatPercent(all > 0 ? part / all : null)}
      note={`${formatNumber(part)} / ${formatNumber(all)}`}
    />
  );
}
