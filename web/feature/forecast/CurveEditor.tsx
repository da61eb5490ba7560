import { type PointerEvent, useRef, useState } from 'react';
import { bentCurve } from '../../lib/curve.ts';
import { t } from '../../locale/i18n.ts';
import classes from './CurveEditor.module.css';

interface CurveEditorProps {
  /** Of one day; `null` where closed. */
  readonly values: readonly (number | null)[];
  readonly model: readonly (number | null)[];
  readonly rowLabels: readonly string[];
  readonly day: string;
  readonly format: (value: number) => string;
  readonly readOnly: boolean;
  /** The points that a drag has changed, at its end. */
  readonly onBend: (changes: readonly { readonly row: number; readonly value: number }[]) => void;
}

const HEIGHT = 130;
const POINT_WIDTH = 10;
/** Neighbours on each side that follow the point that is held. */
const REACH = 6;

interface Hold {
  readonly row: number;
  readonly y: number;
  readonly value: number;
}

/** The day's curve, to be pulled up or down with the pointer; the grid below does the same by keyboard. */
export function CurveEditor(props: CurveEditorProps) {
  const { values, model, readOnly, onBend } = props;
  const svg = useRef<SVGSVGElement>(null);
  const hold = useRef<Hold | null>(null);
  const [bent, setBent] = useState<readonly (number | null)[] | null>(null);
  const shown = bent ?? values;
  const peak = Math.max(1, ...values.map(value => value ?? 0), ...model.map(value => value ?? 0)) * 1.35;

  const valueMoved = (held: Hold, clientY: number) => {
    const box = svg.current?.getBoundingClientRect();
    return held.value - ((clientY - held.y) / (box?.height || HEIGHT)) * peak;
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (readOnly || event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientX - box.left) / box.width) * values.length);
    const value = values[row] ?? null;
    if (value === null) return;
    hold.current = { row, y: event.clientY, value };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const held = hold.current;
    if (held) setBent(bentCurve(values, held.row, valueMoved(held, event.clientY), REACH));
  };
  const drop = () => {
    hold.current = null;
    setBent(null);
    const changes = (bent ?? []).flatMap((value, row) =>
      value !== null && value !== values[row] ? [{ row, value: Math.round(value * 100) / 100 }] : [],
    );
    if (changes.length > 0) onBend(changes);
  };
  const held = hold.current;
  const heldValue = held && bent ? bent[held.row] : null;
  return (
    <figure className={classes.figure}>
      <figcaption>
        {t('forecast.curve.caption', { day: props.day })}
        {held && heldValue != null ? (
          <b> {`${props.rowLabels[held.row]}: ${props.format(heldValue)}`}</b>
        ) : null}
      </figcaption>
      <svg
        ref={svg}
        className={classes.curve}
        viewBox={`0 0 ${values.length * POINT_WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('forecast.curve.label', { day: props.day })}
        data-readonly={readOnly || undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={drop}
        onPointerCancel={() => {
          hold.current = null;
          setBent(null);
        }}
      >
        <path className={classes.model} d={pathOf(model, peak)} />
        <path className={classes.final} d={pathOf(shown, peak)} />
      </svg>
    </figure>
  );
}

/** A line through the points, broken where a value is missing. */
function pathOf(values: readonly (number | null)[], peak: number): string {
  return values
    .map((value, i) => {
      if (value === null) return '';
      const before = values[i - 1] ?? null;
      return `${before === null ? 'M' : 'L'}${(i + 0.5) * POINT_WIDTH} ${HEIGHT - (value / peak) * HEIGHT}`;
    })
    .join('');
}
