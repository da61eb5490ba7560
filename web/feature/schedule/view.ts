import { useViewportSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { localDaysBetween } from '../../../forecasting/index.ts';
import type { GanttRow, StripCoverage } from '../../component/gantt/types.ts';
import type { ScheduledColumns } from './evaluator.ts';
import { type ScheduleSetting, windowOf } from './problem.ts';

const ZOOM_LIMITS = { least: 0.3, most: 6 } as const;
/** Least pixels per hour at which a day, or a week, is readable. */
const READABLE = { day: 28, week: 10 } as const;
/** Width that navigation, margins and the frozen facts take from the time line. */
const BESIDE_TIME_LINE = 500;

/** Pixels per hour at which a day just fits, or a week is readable. */
function fittingScale(isWeek: boolean, windowWidth: number): number {
  const width = windowWidth - BESIDE_TIME_LINE;
  return isWeek ? Math.max(READABLE.week, width / 168) : Math.max(READABLE.day, width / 24);
}

/** What of a schedule is shown: one day or all, at which scale. */
export function useView(setting: ScheduleSetting) {
  const { schedule, coverage } = setting;
  const [day, setDay] = useState<number | null>(0);
  const [factor, setFactor] = useState(1);
  const { width: windowWidth } = useViewportSize();
  const whole = useMemo(() => windowOf(schedule), [schedule]);
  const days = useMemo(
    () => localDaysBetween(whole.from, whole.to, schedule.timeZone),
    [whole, schedule.timeZone],
  );
  const shownDay = day === null ? undefined : days[day];
  const from = shownDay?.startEpochSeconds ?? whole.from;
  const to = shownDay?.endEpochSeconds ?? whole.to;
  const stepSeconds = coverage[0]?.stepSeconds ?? schedule.stepSeconds;
  const showDay = (next: number | null) => {
    setDay(next);
    if ((next === null) !== (day === null)) setFactor(1);
  };
  return {
    whole,
    days,
    day,
    from,
    to,
    /** Interval of the coverage, and where the view begins and ends in it. */
    stepSeconds,
    firstSlot: Math.round((from - whole.from) / stepSeconds),
    lastSlot: Math.round((to - whole.from) / stepSeconds),
    pixelsPerHour: fittingScale(day === null, windowWidth || window.innerWidth) * factor,
    showDay,
    stepDay: (step: number) => showDay(Math.max(0, Math.min(days.length - 1, (day ?? 0) + step))),
    zoom: (by: number) =>
      setFactor(value => Math.min(ZOOM_LIMITS.most, Math.max(ZOOM_LIMITS.least, value * by))),
  };
}
export type ScheduleView = ReturnType<typeof useView>;

/** The coverage of the view alone. */
export function useStrip({ required, scheduled }: ScheduledColumns, view: ScheduleView): StripCoverage {
  const { whole, firstSlot, lastSlot, stepSeconds } = view;
  return useMemo(
    () => ({
      start: whole.from + firstSlot * stepSeconds,
      stepSeconds,
      required: required.subarray(firstSlot, lastSlot),
      scheduled: scheduled.subarray(firstSlot, lastSlot),
    }),
    [whole.from, firstSlot, lastSlot, stepSeconds, required, scheduled],
  );
}

/** Rows that the filter and the queue leave. */
export function useShownRows(
  rows: readonly GanttRow[],
  setting: ScheduleSetting,
  filter: string,
  queueId: string | null,
): readonly GanttRow[] {
  return useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    if (wanted === '' && queueId === null) return rows;
    const canServe = queueId === null ? null : agentsServing(setting, queueId);
    return rows.filter(
      row =>
        (wanted === '' || `${row.name} ${row.detail}`.toLowerCase().includes(wanted)) &&
        (canServe === null || canServe.has(row.id)),
    );
  }, [rows, setting, filter, queueId]);
}

function agentsServing(setting: ScheduleSetting, queueId: string): ReadonlySet<string> {
  const skills = new Set(
    setting.skills.filter(skill => skill.queueIds.includes(queueId)).map(skill => skill.id),
  );
  return new Set(
    setting.agents
      .filter(agent => agent.skills.some(held => skills.has(held.skillId)))
      .map(agent => agent.id),
  );
}
