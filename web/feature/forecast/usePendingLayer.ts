import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forecast, ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';

export type Target = 'offered' | 'ahtSeconds';

type Columns = Pick<ForecastSeries, 'start' | 'stepSeconds' | 'open' | 'model' | 'offered' | 'ahtSeconds'>;
type Edits = ReadonlyMap<number, number>;

/** By forecast and column: edits wait while the planner looks at another page or the other column. */
const waiting = new Map<string, Edits>();
const NONE: Edits = new Map();

/** Edited intervals of one column, by index, until they are kept as one named layer. */
export function usePendingLayer(forecast: Pick<Forecast, 'id'>, columns: Columns, target: Target) {
  const client = useQueryClient();
  const key = `${forecast.id}:${target}`;
  const [, redraw] = useState<Edits>(NONE);
  const pending = waiting.get(key) ?? NONE;
  const set = (edits: Edits) => {
    waiting.set(key, edits);
    redraw(edits);
  };
  const discard = () => set(NONE);
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
      for (const name of ['layers', 'forecast-series', 'explanation'])
        void client.invalidateQueries({ queryKey: [name, forecast.id] });
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
    put: (entries: readonly (readonly [number, number])[]) => set(new Map([...pending, ...entries])),
  };
}
export type PendingEdits = ReturnType<typeof usePendingLayer>;
