import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forecast, ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';

export type Target = 'offered' | 'ahtSeconds';

interface Edits {
  readonly target: Target;
  readonly values: ReadonlyMap<number, number>;
}

/** Edited intervals of one column, by index, until they are kept as one named layer. */
export function usePendingLayer(forecast: Forecast, columns: ForecastSeries, target: Target) {
  const client = useQueryClient();
  const [edits, setEdits] = useState<Edits>({ target, values: new Map() });
  // What was edited of the other column waits no longer once this one is shown.
  const pending = edits.target === target ? edits.values : new Map<number, number>();
  const discard = () => setEdits({ target, values: new Map() });
  const keep = useMutation({
    mutationFn: (name: string) => {
      const indices = [...pending.keys()].sort((a, b) => a - b);
      const first = indices[0] ?? 0;
      const last = indices.at(-1) ?? 0;
      const values = Array.from({ length: last - first + 1 }, (_, i) => pending.get(first + i) ?? null);
      const at = (index: number) => columns.start + index * columns.stepSeconds;
      return call(ROUTES.addLayer, {
        params: { id: forecast.id },
        body: {
          name,
          reason: '',
          target,
          from: at(first),
          to: at(last + 1),
          change: { kind: 'values', values },
          active: true,
        },
      });
    },
    onSuccess: () => {
      discard();
      for (const key of ['layers', 'forecast-series', 'explanation'])
        void client.invalidateQueries({ queryKey: [key, forecast.id] });
    },
  });
  return {
    count: pending.size,
    keep,
    discard,
    valueAt: (index: number | null): number | null =>
      index === null || columns.open[index] === 0
        ? null
        : (pending.get(index) ?? columns[target][index] ?? null),
    markAt: (index: number | null): 'closed' | 'changed' | null => {
      if (index === null || columns.open[index] === 0) return 'closed';
      const isLaid = target === 'offered' && columns.offered[index] !== columns.model[index];
      return pending.has(index) || isLaid ? 'changed' : null;
    },
    put: (entries: readonly (readonly [number, number])[]) =>
      setEdits({ target, values: new Map([...pending, ...entries]) }),
  };
}
export type PendingEdits = ReturnType<typeof usePendingLayer>;
