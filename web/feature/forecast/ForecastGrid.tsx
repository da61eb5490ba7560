import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Forecast, ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { localDateOf } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { IntervalGrid } from '../../component/intervalGrid/IntervalGrid.tsx';
import { call } from '../../lib/api.ts';
import { dayGrid } from '../../lib/dayGrid.ts';
import { formatDay, formatNumber } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

interface ForecastGridProps {
  readonly forecast: Forecast;
  readonly columns: ForecastSeries;
  /** Told which interval the cursor stands on. */
  readonly onFocus: (instant: number) => void;
}

type Target = 'offered' | 'ahtSeconds';

/** The numbers themselves. Edits wait here until they are kept as one named layer. */
export function ForecastGrid({ forecast, columns, onFocus }: ForecastGridProps) {
  const client = useQueryClient();
  const may = useMay();
  const [target, setTarget] = useState<Target>('offered');
  const [pending, setPending] = useState<ReadonlyMap<number, number>>(new Map());
  const [name, setName] = useState('');
  const layout = useMemo(() => dayGrid({ ...columns, count: columns.offered.length }), [columns]);
  const values = columns[target];
  const shownValue = (index: number | null): number | null =>
    index === null || columns.open[index] === 0 ? null : (pending.get(index) ?? values[index] ?? null);

  const keep = useMutation({
    mutationFn: () => {
      const indices = [...pending.keys()].sort((a, b) => a - b);
      const first = indices[0] ?? 0;
      const last = indices.at(-1) ?? 0;
      return call(ROUTES.addLayer, {
        params: { id: forecast.id },
        body: {
          name: name.trim() || defaultName(columns.timeZone),
          reason: '',
          target,
          from: columns.start + first * columns.stepSeconds,
          to: columns.start + (last + 1) * columns.stepSeconds,
          change: {
            kind: 'values',
            values: Array.from({ length: last - first + 1 }, (_, i) => pending.get(first + i) ?? null),
          },
          active: true,
        },
      });
    },
    onSuccess: () => {
      setPending(new Map());
      setName('');
      void client.invalidateQueries({ queryKey: ['layers', forecast.id] });
      void client.invalidateQueries({ queryKey: ['forecast-series', forecast.id] });
      void client.invalidateQueries({ queryKey: ['explanation', forecast.id] });
    },
  });

  return (
    <Card
      title={t('forecast.grid')}
      note={t('forecast.gridNote')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('forecast.gridWhat')}
          value={target}
          onChange={value => {
            setTarget(value === 'ahtSeconds' ? 'ahtSeconds' : 'offered');
            setPending(new Map());
          }}
          data={[
            { value: 'offered', label: t('forecast.gridVolume') },
            { value: 'ahtSeconds', label: t('forecast.gridAht') },
          ]}
        />
      }
    >
      {keep.error ? <Failure error={keep.error} /> : null}
      {pending.size > 0 ? (
        <Group gap="sm" mb="sm" role="status">
          <b>{t('forecast.gridLayer.pending', { count: pending.size })}</b>
          <TextInput
            size="xs"
            aria-label={t('forecast.layerForm.name')}
            placeholder={defaultName(columns.timeZone)}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Button size="xs" loading={keep.isPending} onClick={() => keep.mutate()}>
            {t('forecast.gridLayer.keep')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setPending(new Map())}>
            {t('forecast.gridLayer.discard')}
          </Button>
        </Group>
      ) : null}
      <IntervalGrid
        label={t('forecast.grid')}
        rowLabels={layout.rowLabels}
        columnLabels={layout.days.map(day => formatDay(day.day.startEpochSeconds, columns.timeZone))}
        valueAt={(row, column) => shownValue(layout.indexAt(row, column))}
        format={value => formatNumber(value, target === 'offered' ? 1 : 0)}
        markAt={(row, column) => {
          const index = layout.indexAt(row, column);
          if (index === null || columns.open[index] === 0) return 'closed';
          const changed =
            pending.has(index) || (target === 'offered' && columns.offered[index] !== columns.model[index]);
          return changed ? 'changed' : null;
        }}
        {...(target === 'offered' && {
          columnTotals: layout.days.map(day => {
            let total = 0;
            for (let i = day.firstIndex; i < day.firstIndex + day.count; i++) total += shownValue(i) ?? 0;
            return total;
          }),
        })}
        readOnly={!may('forecast.manage')}
        onEdit={changes => {
          const next = new Map(pending);
          for (const change of changes) {
            const index = layout.indexAt(change.row, change.column);
            if (index !== null) next.set(index, change.value);
          }
          setPending(next);
        }}
        onFocusCell={place => {
          const index = layout.indexAt(place.row, place.column);
          if (index !== null) onFocus(columns.start + index * columns.stepSeconds);
        }}
        onMessage={message => notifications.show({ message })}
      />
    </Card>
  );
}

function defaultName(timeZone: string): string {
  return t('forecast.gridLayer.defaultName', { date: localDateOf(Math.floor(Date.now() / 1000), timeZone) });
}
