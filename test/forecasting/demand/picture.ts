import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IntervalSeries, QueueForecast } from '../../../forecasting/index.ts';

const WIDTH = 1400;
const HEIGHT = 360;
const MARGIN = 40;

/** History (grey), forecast (blue) and its 80 % and 95 % bands as an SVG, over some days of each. */
export function drawForecast(
  title: string,
  series: IntervalSeries,
  forecast: QueueForecast,
  historyDays = 21,
): string {
  const from = forecast.start - historyDays * 86_400;
  const to = forecast.start + forecast.offered.length * forecast.stepSeconds;
  const historyAt = (i: number) => series.start + i * series.stepSeconds;
  const visible = series.offered.flatMap((n, i) =>
    historyAt(i) >= from && historyAt(i) < to && n !== null ? [n] : [],
  );
  const top = Math.max(1, ...visible, ...(forecast.bands.at(-1)?.upper ?? []));
  const x = (at: number) => MARGIN + ((at - from) / (to - from)) * (WIDTH - 2 * MARGIN);
  const y = (value: number) => HEIGHT - MARGIN - (value / top) * (HEIGHT - 2 * MARGIN);
  const at = (i: number) => forecast.start + i * forecast.stepSeconds;
  const line = (points: readonly (readonly [number, number])[], style: string) =>
    `<polyline fill="none" ${style} points="${points.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(' ')}"/>`;
  const bands = [...forecast.bands].reverse().map(band => {
    const upper = band.upper.map((value, i) => `${x(at(i)).toFixed(1)},${y(value).toFixed(1)}`);
    const lower = band.lower.map((value, i) => `${x(at(i)).toFixed(1)},${y(value).toFixed(1)}`).reverse();
    return `<polygon fill="#3b82f6" fill-opacity="0.18" points="${[...upper, ...lower].join(' ')}"/>`;
  });
  const history = series.offered.flatMap((n, i): (readonly [number, number])[] =>
    n !== null && historyAt(i) >= from && historyAt(i) < to ? [[x(historyAt(i)), y(n)]] : [],
  );
  const days = forecast.days.map(
    day =>
      `<text x="${x(day.startEpochSeconds).toFixed(0)}" y="${HEIGHT - 12}" font-size="10">${day.date.slice(5)}</text><line x1="${x(day.startEpochSeconds).toFixed(0)}" x2="${x(day.startEpochSeconds).toFixed(0)}" y1="${MARGIN}" y2="${HEIGHT - MARGIN}" stroke="#ddd"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" style="background:#fff;font-family:sans-serif"><text x="${MARGIN}" y="22" font-size="15">${title} (top = ${top.toFixed(0)})</text>${days.join('')}${bands.join('')}${line(history, 'stroke="#888" stroke-width="0.8"')}${line(
    forecast.offered.map((value, i) => [x(at(i)), y(value)]),
    'stroke="#1d4ed8" stroke-width="1.4"',
  )}</svg>`;
}

/** Keeps the picture in build/pictures when COVERLINE_PICTURES is set, for a person to look at. */
export function keepPicture(name: string, svg: string): void {
  if (!process.env.COVERLINE_PICTURES) return;
  const folder = join(process.cwd(), 'build', 'pictures');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.svg`), svg);
}
