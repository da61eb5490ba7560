import { type ImportPreset, PRESETS } from './preset.ts';

/** The preset that fits the headers best, and what share of its signature they cover; undefined when none does. */
export function matchPreset(
  headers: readonly string[],
): { readonly preset: ImportPreset; readonly share: number } | undefined {
  const present = new Set(headers);
  let best: { preset: ImportPreset; share: number; hits: number } | undefined;
  for (const preset of PRESETS) {
    const hits = preset.signature.filter(header => present.has(header)).length;
    if (hits < preset.atLeast) continue;
    if (!best || hits > best.hits) best = { preset, share: hits / preset.signature.length, hits };
  }
  return best;
}
