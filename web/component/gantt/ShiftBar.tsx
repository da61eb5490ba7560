import { memo } from 'react';
import classes from './ShiftBar.module.css';
import type { GanttShift } from './types.ts';

interface ShiftBarProps {
  readonly shift: GanttShift;
  readonly from: number;
  readonly pixelsPerSecond: number;
  readonly selected: boolean;
  readonly dragging: boolean;
}

/** One shift with its breaks. What it is and when is said by the grid's cells; here it is drawn. */
export const ShiftBar = memo(function ShiftBar(props: ShiftBarProps) {
  const { shift, from, pixelsPerSecond, selected, dragging } = props;
  const width = (shift.end - shift.start) * pixelsPerSecond;
  return (
    <div
      className={classes.shift}
      data-shift={shift.id}
      data-tone={shift.tone}
      data-selected={selected || undefined}
      data-dragging={dragging || undefined}
      data-finding={shift.finding}
      style={{ left: (shift.start - from) * pixelsPerSecond, width: Math.max(4, width - 1) }}
    >
      {width > 60 ? <span className={classes.label}>{shift.label}</span> : null}
      {shift.activities.map(activity => (
        <span
          key={`${activity.start}${activity.label}`}
          className={classes.activity}
          data-tone={activity.tone}
          title={activity.label}
          style={{
            left: (activity.start - shift.start) * pixelsPerSecond,
            width: Math.max(2, (activity.end - activity.start) * pixelsPerSecond),
          }}
        >
          {(activity.end - activity.start) * pixelsPerSecond > 34 ? activity.label : ''}
        </span>
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
