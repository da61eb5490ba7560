import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, MSTL } from '@bsull/augurs/mstl';
import type { RealHistory } from './history.ts';
import { HORIZONS_DAYS } from './score.ts';

const WINDOW_WEEKS = 52;

/** WAPE of augurs' MSTL+ETS on the same origins, fed with the open rows of the file (one row after the other). */
export function scoreAugursMstl(
  history: RealHistory,
  origins: readonly number[],
): { readonly wape: readonly number[]; readonly cpuSecondsPerOrigin: number } {
  initSync({ module: readFileSync(wasmPath()) });
  const perDay = history.counts.length / history.dates.length;
  const daysPerWeek =
    history.dates.length /
    ((Date.parse(history.dates.at(-1)!) - Date.parse(history.dates[0]!)) / 604_800_000);
  const perWeek = perDay * Math.round(daysPerWeek);
  const filled = filledRows(history, perDay);
  const sums = HORIZONS_DAYS.map(() => ({ error: 0, volume: 0 }));
  const before = process.cpuUsage();
  for (const index of origins) {
    const end = index * perDay;
    const window = history.counts.slice(Math.max(0, end - WINDOW_WEEKS * perWeek), end);
    const model = MSTL.ets([perDay, perWeek]);
    model.fit(Float64Array.from(window));
    const ahead = Math.min(28 * perDay, history.counts.length - end);
    const { point } = model.predict(ahead);
    const firstDate = Date.parse(history.dates[index]!);
    for (let i = 0; i < ahead; i++) {
      const date = Date.parse(history.dates[index + Math.floor(i / perDay)]!);
      const day = Math.round((date - firstDate) / 86_400_000);
      if (filled[end + i] === 1) continue;
      HORIZONS_DAYS.forEach((days, h) => {
        if (day >= days) return;
        sums[h]!.error += Math.abs((point[i] ?? 0) - history.counts[end + i]!);
        sums[h]!.volume += history.counts[end + i]!;
      });
    }
    model.free();
  }
  const used = process.cpuUsage(before);
  return {
    wape: sums.map(sum => sum.error / sum.volume),
    cpuSecondsPerOrigin: (used.user + used.system) / 1e6 / origins.length,
  };
}

function wasmPath(): string {
  return createRequire(import.meta.url)
    .resolve('@bsull/augurs/mstl')
    .replace(/mstl\.js$/, 'mstl_bg.wasm');
}

function filledRows(history: RealHistory, perDay: number): Uint8Array {
  const filled = new Uint8Array(history.counts.length);
  const dates = new Set(
    [...history.imputed].map(at =>
      new Intl.DateTimeFormat('en-CA', { timeZone: history.timeZone }).format(new Date(at * 1000)),
    ),
  );
  history.dates.forEach((date, d) => {
    if (dates.has(date)) filled.fill(1, d * perDay, (d + 1) * perDay);
  });
  return filled;
}
