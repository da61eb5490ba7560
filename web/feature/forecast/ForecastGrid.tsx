import { SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo, useState } from 'react';
import type { Forecast, ForecastSeries } from '../../../api/contract/forecast.ts';
import { Card } from '../../component/Card.tsx';
import type { CellChange } from '../../component/intervalGrid/cells.ts';
import { IntervalGrid } from '../../component/intervalGrid/IntervalGrid.tsx';
import { dayGrid } from '../../lib/dayGrid.ts';
import { formatDay, formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { CurveEditor } from './CurveEditor.tsx';
import { PendingLayer } from './PendingLayer.tsx';
import { type Target, usePendingLayer } from './usePendingLayer.ts';

interface ForecastGridProps {
  readonly forecast: Forecast;
  readonly columns: ForecastSeries;
  /** Told which interval the cursor stands on. */
  readonly onFocus: (instant: number) => void;
}

/** The numbers themselves. Edits wait here until they are kept as one named layer. */
export function ForecastGrid({ forecast, columns, onFocus }: ForecastGridProps) {
  const [target, setTarget] = useState<Target>('offered');
  const [day, setDay] = useState(0);
  const layer = usePendingLayer(forecast, columns, target);
  const layout = useMemo(() => dayGrid({ ...columns, count: columns.offered.length }), [columns]);
  const dayNames = layout.days.map(entry => formatDay(entry.day.startEpochSeconds, columns.timeZone));
  const valueAt = (row: number, column: number) => layer.valueAt(layout.indexAt(row, column));
  const edit = (changes: readonly CellChange[]) =>
    layer.put(
      changes.flatMap(({ row, column, value }) => {
        const index = layout.indexAt(row, column);
        return index === null ? [] : [[index, value] as const];
      }),
    );
  const format = (value: number) => formatNumber(value, target === 'offered' ? 1 : 0);
  const readOnly = !useMay()('forecast.manage');
  const modelAt = (index: number | null) =>
    index === null ? null : ((target === 'offered' ? columns.model : columns.ahtSeconds)[index] ?? null);
  const ofDay = (read: (index: number | null) => number | null) =>
    layout.rowLabels.map((_, row) => read(layout.indexAt(row, day)));
  const totals = dayNames.map((_, column) =>
    sumOf(layout.rowLabels.map((_label, row) => valueAt(row, column))),
  );
  return (
    <Card
      title={t('forecast.grid')}
      note={t('forecast.gridNote')}
      actions={<TargetChoice target={target} onTarget={setTarget} />}
    >
      <PendingLayer layer={layer} timeZone={columns.timeZone} />
      <CurveEditor
        values={ofDay(layer.valueAt)}
        model={ofDay(modelAt)}
        rowLabels={layout.rowLabels}
        day={dayNames[day] ?? ''}
        format={format}
        readOnly={readOnly}
        onBend={changes => edit(changes.map(change => ({ ...change, column: day })))}
      />
      <IntervalGrid
        label={t('forecast.grid')}
        rowLabels={layout.rowLabels}
        columnLabels={dayNames}
        valueAt={valueAt}
        format={format}
        markAt={(row, column) => layer.markAt(layout.indexAt(row, column))}
        {...(target === 'offered' && { columnTotals: totals })}
        readOnly={readOnly}
        onEdit={edit}
        onFocusCell={place => {
          setDay(place.column);
          const index = layout.indexAt(place.row, place.column);
          if (index !== null) onFocus(columns.start + index * columns.stepSeconds);
        }}
        onMessage={message => notifications.show({ message })}
      />
    </Card>
  );
}

/** Null where there is nothing to add up, such as on a closed day. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function TargetChoice(props: { readonly target: Target; readonly onTarget: (target: Target) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('forecast.gridWhat')}
      value={props.target}
      onChange={value => props.onTarget(value === 'ahtSeconds' ? 'ahtSeconds' : 'offered')}
      data={[
        { value: 'offered', label: t('forecast.gridVolume') },
        { value: 'ahtSeconds', label: t('forecast.gridAht') },
      ]}
    />
  );
}
