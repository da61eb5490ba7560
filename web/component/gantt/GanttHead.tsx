// biome-ignore-all lint/a11y/useSemanticElements: virtual rows are placed absolutely, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: a grid is one tab stop; cells are reached by the active descendant
import { t } from '../../locale/i18n.ts';
import { CoverageStrip } from './CoverageStrip.tsx';
import classes from './Gantt.module.css';
import { TimeAxis } from './TimeAxis.tsx';
import type { StripCoverage } from './types.ts';

interface GanttHeadProps {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly pixelsPerHour: number;
  readonly width: number;
  readonly coverage: StripCoverage;
  /** The part of the time line that is visible, in pixels. */
  readonly visible: { readonly left: number; readonly width: number };
  readonly onHoverSlot: (slot: number | null) => void;
}

const LEGEND = ['required', 'scheduled', 'difference'] as const;

/** The time axis and the coverage strip, pinned above the rows. */
export function GanttHead(props: GanttHeadProps) {
  const { from, to, timeZone, pixelsPerHour, coverage, visible } = props;
  return (
    <div className={classes.head} style={{ width: props.width }}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        <div role="columnheader" className={classes.corner}>
          {t('gantt.agent')}
        </div>
        <div role="columnheader">
          <TimeAxis from={from} to={to} timeZone={timeZone} pixelsPerHour={pixelsPerHour} />
        </div>
      </div>
      <div role="row" aria-rowindex={2} className={classes.headRow}>
        <div role="rowheader" className={classes.corner} data-strip>
          {LEGEND.map(key => (
            <span key={key}>
              <i data-key={key} /> {t(`gantt.${key}`)}
            </span>
          ))}
        </div>
        <div role="gridcell" className={classes.stripCell}>
          <CoverageStrip
            coverage={coverage}
            width={visible.width}
            offset={visible.left}
            pixelsPerSecond={pixelsPerHour / 3600}
            onHover={props.onHoverSlot}
          />
        </div>
      </div>
    </div>
  );
}
