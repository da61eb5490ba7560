// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { memo } from 'react';
import { formatNumber } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Gantt.module.css';
import { ShiftBar } from './ShiftBar.tsx';
import type { GanttRow, GanttShift } from './types.ts';

export const ROW_HEIGHT = 38;
/** Pixels from which a stretch says what it is. */
const MINIMUM_AWAY_LABEL = 70;

interface GanttRowViewProps {
  readonly row: GanttRow;
  readonly index: number;
  readonly top: number;
  readonly shifts: readonly GanttShift[];
  /** Window drawn; what lies outside is left out. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly pixelsPerSecond: number;
  readonly selected: ReadonlySet<string>;
  /** Ids of shifts under a gesture in this row; null for rows that the gesture leaves alone. */
  readonly dragging: ReadonlySet<string> | null;
  readonly highlighted: boolean;
  /** The cursor's cell; its id is null when it stands in another row. */
  readonly cursorId: string | null;
  readonly cursorLeft: number;
  readonly cursorWidth: number;
  readonly cursorColumn: number;
  readonly cursorLabel: string;
}

/** One agent: frozen facts on the left, shifts over time on the right. */
export const GanttRowView = memo(function GanttRowView(props: GanttRowViewProps) {
  const { row, shifts, from, to, pixelsPerSecond, selected, dragging } = props;
  return (
    <div
      role="row"
      aria-rowindex={props.index + 3}
      className={classes.row}
      data-row={row.id}
      data-highlighted={props.highlighted || undefined}
      style={{ top: props.top }}
    >
      <RowFacts row={row} />
      <div role="gridcell" className={classes.lane}>
        {row.away.map(away => {
          const start = Math.max(from, away.start);
          const width = (Math.min(to, away.end) - start) * pixelsPerSecond;
          return width > 0 ? (
            <span
              key={away.start}
              className={classes.away}
              title={away.label}
              style={{ left: (start - from) * pixelsPerSecond, width }}
            >
              {width > MINIMUM_AWAY_LABEL ? away.label : ''}
            </span>
          ) : null;
        })}
        {shifts
          .filter(shift => shift.end > from && shift.start < to)
          .map(shift => (
            <ShiftBar
              key={shift.id}
              shift={shift}
              from={from}
              to={to}
              timeZone={props.timeZone}
              pixelsPerSecond={pixelsPerSecond}
              selected={selected.has(shift.id)}
              dragging={dragging?.has(shift.id) ?? false}
            />
          ))}
      </div>
      {props.cursorId !== null ? (
        <div
          role="gridcell"
          id={props.cursorId}
          aria-colindex={props.cursorColumn}
          aria-label={props.cursorLabel}
          className={classes.cursor}
          style={{ left: `calc(var(--facts-width) + ${props.cursorLeft}px)`, width: props.cursorWidth }}
        />
      ) : null}
    </div>
  );
});

/** Name, paid hours beside the contract, and how many findings. */
const RowFacts = memo(function RowFacts({ row }: { readonly row: GanttRow }) {
  const hard = row.findings.filter(finding => finding.hard).length;
  const soft = row.findings.length - hard;
  return (
    <div
      role="rowheader"
      className={classes.facts}
      title={row.findings.map(finding => finding.text).join('\n')}
    >
      <span className={classes.name}>{row.name}</span>
      <span className={classes.detail}>
        {formatNumber(row.paidHours, 1)}
        {row.contractHours === null ? ' h' : ` / ${formatNumber(row.contractHours, 1)} h`}
        {hard > 0 ? (
          <b data-finding="hard">
            {' '}
            ✕{hard}
            <span className="visuallyHidden"> {t('gantt.hardFindings')}</span>
          </b>
        ) : null}
        {soft > 0 ? (
          <b data-finding="soft">
            {' '}
            !{soft}
            <span className="visuallyHidden"> {t('gantt.softFindings')}</span>
          </b>
        ) : null}
        <span className={classes.skills}> {row.detail}</span>
      </span>
    </div>
  );
});
