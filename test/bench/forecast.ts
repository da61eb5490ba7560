import { readFileSync, writeFileSync } from 'node:fs';
import { scoreAugursMstl } from './forecast/augurs.ts';
import { historiesPresent, PROTOCOLS, projectPath, readHistory } from './forecast/history.ts';
import { HORIZONS_DAYS, type SetScore, scoreHistory } from './forecast/score.ts';

interface PeerSet {
  readonly wape: Readonly<Record<string, readonly number[]>>;
  readonly wql: Readonly<Record<string, readonly number[]>>;
  readonly goal: { readonly wape: readonly (number | null)[]; readonly wql: readonly (number | null)[] };
}

const RATIO_PEERS = ['R snaive (week)', 'R mstl+ets', 'R dynamic harmonic regression'];

/**
 * `npm run bench -- forecast [--dev] [--peer augurs] [--write]`: the frozen protocol on the real histories, our figures
 * beside the recorded ones of other methods and the noise floor. `--dev` uses the development origins, `--write` keeps
 * the table in test/golden/forecast-accuracy.md.
 */
export async function run(args: readonly string[]): Promise<number> {
  if (!historiesPresent()) return 1;
  const development = args.includes('--dev');
  const peers = (
    JSON.parse(readFileSync(projectPath('test/golden/forecast-peers.json'), 'utf8')) as {
      sets: Record<string, PeerSet>;
    }
  ).sets;
  const lines: string[] = [`# Forecast accuracy, ${development ? 'development' : 'test'} origins`, ''];
  const ratios = new Map<string, number[]>();
  for (const protocol of PROTOCOLS) {
    const history = readHistory(protocol.name, protocol.timeZone);
    const origins = development ? protocol.development : protocol.test;
    const score = scoreHistory(history, origins);
    const peer = peers[protocol.name];
    lines.push(...ourTable(score, peer));
    if (args.includes('augurs')) {
      const { wape, cpuSecondsPerOrigin } = scoreAugursMstl(history, origins);
      lines.push(
        `augurs MSTL+ETS in this process: WAPE ${wape.map(v => (100 * v).toFixed(2)).join(' / ')} %, ${cpuSecondsPerOrigin.toFixed(2)} CPU s a fit`,
        '',
      );
    }
    if (!peer || development) continue;
    lines.push(...peerTable(score, peer));
    for (const name of RATIO_PEERS) {
      const theirs = peer.wape[name] ?? [];
      score.horizons.forEach((h, i) => {
        ratios.set(name, [...(ratios.get(name) ?? []), (100 * (h.accuracy.wape ?? 0)) / (theirs[i] ?? 1)]);
      });
    }
  }
  for (const [name, values] of ratios) {
    const mean = Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
    lines.push(`Geometric mean of WAPE over sets and horizons: ${mean.toFixed(3)} × ${name}.`, '');
  }
  const text = `${lines.join('\n').trimEnd()}\n`;
  process.stdout.write(text);
  if (args.includes('--write')) writeFileSync(projectPath('test/golden/forecast-accuracy.md'), text);
  return 0;
}

const percent = (value: number | null | undefined, digits = 2) =>
  value == null ? 'n/a' : (100 * value).toFixed(digits);

function ourTable(score: SetScore, peer: PeerSet | undefined): string[] {
  const row = (label: string, values: readonly string[]) => `| ${label} | ${values.join(' | ')} |`;
  const of = (pick: (h: SetScore['horizons'][number]) => string) => score.horizons.map(pick);
  const cover = (index: number) => (h: SetScore['horizons'][number]) =>
    percent(h.accuracy.coverage[index]?.share, 0);
  const goal = (values: readonly (number | null)[] | undefined) =>
    HORIZONS_DAYS.map((_, i) => values?.[i]?.toString() ?? '');
  return [
    `## ${score.name} (${score.origins} origins, ${score.cpuSecondsPerOrigin.toFixed(2)} CPU s an origin)`,
    '',
    row(
      'Coverline, %',
      HORIZONS_DAYS.map(days => `${days} d`),
    ),
    row(
      '---',
      HORIZONS_DAYS.map(() => '---'),
    ),
    row(
      'WAPE (expected contacts)',
      of(h => percent(h.accuracy.wape)),
    ),
    row('WAPE goal', goal(peer?.goal.wape)),
    row(
      'WAPE (median)',
      of(h => percent(h.medianWape)),
    ),
    row(
      'MASE',
      of(h => (h.accuracy.mase ?? Number.NaN).toFixed(2)),
    ),
    row(
      'bias',
      of(h => percent(h.accuracy.bias, 1)),
    ),
    row(
      'RMSE, contacts',
      of(h => (h.accuracy.rmse ?? Number.NaN).toFixed(2)),
    ),
    row(
      'wQL',
      of(h => percent(h.accuracy.wql)),
    ),
    row('wQL goal', goal(peer?.goal.wql)),
    row('80 % band held', of(cover(0))),
    row('95 % band held', of(cover(1))),
    row(
      '80 / 95 % band of day totals held',
      of(h => h.dayCoverage.map(v => percent(v, 0)).join(' / ')),
    ),
    row(
      '80 / 95 % band of week totals held',
      of(h => h.weekCoverage.map(v => percent(v, 0)).join(' / ')),
    ),
    '',
  ];
}

function peerTable(score: SetScore, peer: PeerSet): string[] {
  const lines = [
    '| recorded | WAPE 1 / 7 / 28 d | ours ÷ theirs | wQL 1 / 7 / 28 d | ours ÷ theirs |',
    '|---|---|---|---|---|',
  ];
  const ratio = (theirs: readonly number[] | undefined, pick: (i: number) => number | null | undefined) =>
    theirs?.map((value, i) => ((100 * (pick(i) ?? Number.NaN)) / value).toFixed(2)).join(' / ') ?? '';
  for (const [name, wape] of Object.entries(peer.wape)) {
    const wql = peer.wql[name];
    lines.push(
      `| ${name} | ${wape.join(' / ')} | ${ratio(wape, i => score.horizons[i]?.accuracy.wape)} | ${wql?.join(' / ') ?? ''} | ${ratio(wql, i => score.horizons[i]?.accuracy.wql)} |`,
    );
  }
  return [...lines, ''];
}
