import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { type Target, usePendingLayer } from '../../../web/feature/forecast/usePendingLayer.ts';

const COLUMNS = {
  start: 1_767_600_000,
  stepSeconds: 900,
  open: [1 as const, 1 as const],
  model: [10, 20],
  offered: [10, 20],
  ahtSeconds: [300, 300],
};

function Frame({ children }: { readonly children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

function layerOf(id: string, target: Target) {
  return renderHook(() => usePendingLayer({ id }, COLUMNS, target), { wrapper: Frame });
}

describe('edits that are not kept yet', () => {
  it('wait while another page or the other column is shown, each at its own forecast', () => {
    const volume = layerOf('a', 'offered');
    act(() => volume.result.current.put([[1, 25]]));
    volume.unmount();
    const aht = layerOf('a', 'ahtSeconds');
    expect(aht.result.current.count).toBe(0);
    act(() => aht.result.current.put([[0, 280]]));
    aht.unmount();
    const back = layerOf('a', 'offered').result.current;
    expect([back.count, back.valueAt(0), back.valueAt(1)]).toEqual([1, 10, 25]);
    expect(layerOf('a', 'ahtSeconds').result.current.valueAt(0)).toBe(280);
    expect(layerOf('b', 'offered').result.current.count).toBe(0);
  });

  it('are gone for good once they are discarded', () => {
    const layer = layerOf('c', 'offered');
    act(() => layer.result.current.put([[0, 12]]));
    act(() => layer.result.current.discard());
    expect(layer.result.current.valueAt(0)).toBe(10);
    layer.unmount();
    expect(layerOf('c', 'offered').result.current.count).toBe(0);
  });
});
