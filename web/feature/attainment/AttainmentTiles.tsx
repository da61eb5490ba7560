import type { AttainmentRow } from '../../../api/contract/review.ts';
import { Stat, Stats } from '../../component/Stat.tsx';
import { Term } from '../../component/Term.tsx';
import { formatDuration, formatNumber, formatPercent, formatPoints, formatSigned } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import { countDays, type Days } from './place.ts';

interface AttainmentTilesProps {
  readonly row: AttainmentRow;
  /** The same place in the days before; absent while it is read, or without actuals. */
  readonly former: AttainmentRow | undefined;
  readonly days: Days;
}

function tone(kept: boolean | null | undefined): 'plain' | 'good' | 'under' {
  return kept == null ? 'plain' : kept ? 'good' : 'under';
}

function atMost(value: number | null, limit: number | undefined): boolean | null {
  return value === null || limit === undefined ? null : value <= limit;
}

function note(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(part => part != null).join(' · ');
}

/** The place in six figures, each beside its goal and beside the days before. */
export function AttainmentTiles({ row, former, days }: AttainmentTilesProps) {
  const { actual, goal } = row;
  const level = goal?.serviceLevel;
  const versus = (
    read: (row: AttainmentRow) => number | null,
    show: (change: number) => string,
  ): string | null => {
    const [now, then] = [read(row), former ? read(former) : null];
    if (now === null || then === null) return null;
    return t('attainment.versus', { change: show(now - then), count: countDays(days) });
  };
  const limit = (value: string | undefined) =>
    value === undefined ? null : t('attainment.goalAtMost', { value });
  const share = (part: number, all: number) => formatPercent(all > 0 ? part / all : null);
  const several = row.queuesMeasured > 1;
  const levelKept = several
    ? row.goalMet
    : level && actual.serviceLevel !== null && actual.serviceLevel >= level.target;
  return (
    <Stats>
      <Stat
        label={<Term id="serviceLevel" />}
        value={formatPercent(actual.serviceLevel, 1)}
        tone={tone(levelKept)}
        note={note(
          several
            ? t('attainment.queuesInGoal', { kept: row.queuesInGoal, all: row.queuesMeasured })
            : level &&
                t('attainment.goalLevel', {
                  target: formatPercent(level.target),
                  seconds: level.answerWithinSeconds,
                }),
          versus(one => one.actual.serviceLevel, formatPoints),
        )}
      />
      <Stat
        label={<Term id="asa" />}
        value={formatDuration(actual.asaSeconds)}
        tone={tone(atMost(actual.asaSeconds, goal?.asaSeconds))}
        note={note(
          limit(goal?.asaSeconds === undefined ? undefined : formatDuration(goal.asaSeconds)),
          versus(
            one => one.actual.asaSeconds,
            change => `${formatSigned(change, 1)} s`,
          ),
        )}
      />
      <Stat
        label={<Term id="abandonment" />}
        value={formatPercent(actual.abandonmentRate, 1)}
        tone={tone(atMost(actual.abandonmentRate, goal?.maxAbandonment))}
        note={note(
          limit(goal?.maxAbandonment === undefined ? undefined : formatPercent(goal.maxAbandonment)),
          versus(one => one.actual.abandonmentRate, formatPoints),
        )}
      />
      <Stat
        label={t('review.tiles.offered')}
        value={formatNumber(actual.offered)}
        note={versus(
          one => one.actual.offered,
          change => formatSigned(change),
        )}
      />
      <Stat
        label={<Term id="attainment">{t('attainment.consistency')}</Term>}
        value={share(row.intervalsInGoal, row.intervalsMeasured)}
        note={`${formatNumber(row.intervalsInGoal)} / ${formatNumber(row.intervalsMeasured)}`}
      />
      <Stat
        label={t('attainment.daysInGoal')}
        value={share(row.daysInGoal, row.daysMeasured)}
        note={`${formatNumber(row.daysInGoal)} / ${formatNumber(row.daysMeasured)}`}
      />
    </Stats>
  );
}
