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

type Horizon = SetScore['horizons'][number];

const row = (label: string, values: readonly string[]) => `| ${label} | ${values.join(' | ')} |`;
const held = (values: readonly number[]) => values.map(value => percent(value, 0)).join(' / ');
const goalRow = (label: string, values: readonly (number | null)[] | undefined) =>
  row(
    label,
    HORIZONS_DAYS.map((_, i) => values?.[i]?.toString() ?? ''),
  );

function ourTable(score: SetScore, peer: PeerSet | undefined): string[] {
  const line = (label: string, pick: (h: Horizon) => string) => row(label, score.horizons.map(pick));
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
    line('WAPE (expected contacts)', h => percent(h.accuracy.wape)),
    goalRow('WAPE goal', peer?.goal.wape),
    line('WAPE (median)', h => percent(h.medianWape)),
    line('MASE', h => (h.accuracy.mase ?? Number.NaN).toFixed(2)),
    line('bias', h => percent(h.accuracy.bias, 1)),
    line('RMSE, contacts', h => (h.accuracy.rmse ?? Number.NaN).toFixed(2)),
    line('wQL', h => percent(h.accuracy.wql)),
    goalRow('wQL goal', peer?.goal.wql),
    line('80 / 95 % band of intervals held', h => held(h.accuracy.coverage.map(c => c.share))),
    line('80 / 95 % band of day totals held', h => held(h.dayCoverage)),
    line('80 / 95 % band of week totals held', h => held(h.weekCoverage)),
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
