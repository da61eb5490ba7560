import { memo } from 'react';
import { formatTime } from '../../lib/format.ts';
import classes from './ShiftBar.module.css';
import type { GanttActivity, GanttShift } from './types.ts';

interface ShiftBarProps {
  readonly shift: GanttShift;
  /** The window drawn: a shift that reaches beyond it is cut off there. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly pixelsPerSecond: number;
  readonly selected: boolean;
  readonly dragging: boolean;
}

const LETTER_WIDTH = 6;
const CLOCK_LETTERS = '08:00'.length;
const LABEL_MARGIN = 14;

/**
 * One shift with its breaks. What it is and when is said by the grid's cells; here it is drawn. Everything is cut to
 * size by numbers and not by hidden overflow: hundreds of clips are what a drag would spend its frames on.
 */
export const ShiftBar = memo(function ShiftBar(props: ShiftBarProps) {
  const { shift, from, to, pixelsPerSecond, selected, dragging } = props;
  const start = Math.max(from, shift.start);
  const width = (Math.min(to, shift.end) - start) * pixelsPerSecond;
  return (
    <div
      className={classes.shift}
      data-shift={shift.id}
      data-tone={shift.tone}
      data-selected={selected || undefined}
      data-dragging={dragging || undefined}
      data-finding={shift.finding}
      data-locked={shift.locked || undefined}
      title={shift.label}
      style={{ left: (start - from) * pixelsPerSecond, width: Math.max(4, width - 1) }}
    >
      <span className={classes.label}>{timesThatFit(shift, props.timeZone, width)}</span>
      {shift.activities.map(activity => (
        <ActivityBar
          key={`${activity.start}${activity.label}`}
          activity={activity}
          start={start}
          end={Math.min(to, shift.end)}
          pixelsPerSecond={pixelsPerSecond}
        />
      ))}
      {shift.locked ? null : (
        <>
          <span className={classes.edge} data-edge="start" data-shift={shift.id} />
          <span className={classes.edge} data-edge="end" data-shift={shift.id} />
        </>
      )}
    </div>
  );
});

interface ActivityBarProps {
  readonly activity: GanttActivity;
  /** The drawn part of the shift. */
  readonly start: number;
  readonly end: number;
  readonly pixelsPerSecond: number;
}

function ActivityBar({ activity, start, end, pixelsPerSecond }: ActivityBarProps) {
  const from = Math.max(start, activity.start);
  const width = (Math.min(end, activity.end) - from) * pixelsPerSecond;
  if (width <= 0) return null;
  return (
    <span
      className={classes.activity}
      data-tone={activity.tone}
      title={activity.label}
      style={{ left: (from - start) * pixelsPerSecond, width: Math.max(2, width) }}
    >
      {activity.label.length * LETTER_WIDTH < width ? activity.label : ''}
    </span>
  );
}

/** From when to when, as far as the bar has room: people ask for the times first, and while dragging most of all. */
function timesThatFit({ start, end }: GanttShift, timeZone: string, width: number): string {
  const letters = Math.floor((width - LABEL_MARGIN) / LETTER_WIDTH);
  if (letters < CLOCK_LETTERS) return '';
  const from = formatTime(start, timeZone);
  return letters < 2 * CLOCK_LETTERS + 1 ? from : `${from}–${formatTime(end, timeZone)}`;
}
