import {
  createRandom,
  type PlanInput,
  requiredAgents,
  requiredSkillMix,
  runQuickPath,
  type SingleQueueModel,
  type SkillMixPerformance,
  type SkillQueue,
  simulatePlan,
  simulateSkillMix,
} from '../../forecasting/index.ts';
import { compileCentre } from '../../forecasting/simulation/compileCentre.ts';
import { runCentre } from '../../forecasting/simulation/simulateCentre.ts';

const USAGE = `usage: npm run bench -- simulate [--calls MILLIONS] [--seed TEXT] [--multi-skill | --plan]
  calls per CPU second of the quick path and of the event calendar, at 10, 100 and 1,000 agents
  --plan: a roster of 300 agents on 20 queues over a fortnight of quarter-hours
  --multi-skill: 5 agents against "5 billing + 3 technical", and the requirement found by simulation
`;

const PATIENCE = { kind: 'exponential', meanSeconds: 300 } as const;
const AHT_SECONDS = 300;
const STEP_SECONDS = 900;

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** M/M/n + M with as many Erlangs as agents and patience equal to the AHT. */
function loadedQueue(agents: number, calls: number): SingleQueueModel {
  const callsPerInterval = (agents * STEP_SECONDS) / AHT_SECONDS;
  return {
    stepSeconds: STEP_SECONDS,
    calls: new Array<number>(Math.max(1, Math.round(calls / callsPerInterval))).fill(callsPerInterval),
    ahtSeconds: AHT_SECONDS,
    agents,
    patience: PATIENCE,
    answerWithinSeconds: 20,
  };
}

function quickPath(agents: number, calls: number, seed: string): number {
  const model = loadedQueue(agents, calls);
  let offered = 0;
  const seconds = cpuSeconds(() => {
    offered = offeredIn(runQuickPath(model, createRandom(seed)).cells);
  });
  return offered / seconds;
}

function calendar(agents: number, calls: number, seed: string): number {
  const { agents: _, ...queue } = loadedQueue(agents, calls);
  const centre = compileCentre({
    stepSeconds: STEP_SECONDS,
    queues: [{ id: 'calls', ...queue }],
    agents: Array.from({ length: agents }, () => ({
      skills: [{ queue: 'calls' }],
      duty: [{ startSeconds: 0, endSeconds: Infinity }],
    })),
  });
  let offered = 0;
  const seconds = cpuSeconds(() => {
    offered = offeredIn(runCentre(centre, createRandom(seed), 0).counter.tally.cells);
  });
  return offered / seconds;
}

/** Field 0 of the 14 in each cell. */
function offeredIn(cells: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < cells.length; i += 14) sum += cells[i]!;
  return sum;
}

const RUNS = 12;

/** Short runs: on a shared machine the best of them is nearest to what the processor can do. */
function speed(calls: number, seed: string): void {
  const engines = [
    ['quick path (Kiefer-Wolfowitz)', quickPath],
    ['event calendar with abandonment', calendar],
  ] as const;
  process.stdout.write(
    `million calls per CPU second; load = agents, patience = AHT; ${RUNS} runs of ${calls / 1e6} million\n`,
  );
  for (const [name, engine] of engines) {
    engine(100, calls, seed);
    for (const agents of [10, 100, 1_000]) {
      const rates = Array.from({ length: RUNS }, (_, i) => engine(agents, calls, `${seed} ${i}`) / 1e6);
      rates.sort((a, b) => a - b);
      const [best, median, worst] = [RUNS - 1, RUNS / 2, 0].map(i => (rates[i] ?? 0).toFixed(1));
      process.stdout.write(`  ${name}, ${agents} agents: best ${best}, median ${median}, worst ${worst}\n`);
    }
  }
}

/** The most calls per half hour for which Erlang C at 80/20 asks for no more than `agents`. */
function largestCalls(agents: number): number {
  let low = 0;
  let high = 10 * agents;
  for (let i = 0; i < 60; i++) {
    const calls = (low + high) / 2;
    const load = { calls, intervalSeconds: 1_800, ahtSeconds: AHT_SECONDS };
    if (requiredAgents(load, { serviceLevel: GOAL }).agents <= agents) low = calls;
    else high = calls;
  }
  return low;
}

const GOAL = { target: 0.8, answerWithinSeconds: 20, definition: 'offered' } as const;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function shownLevels(performance: SkillMixPerformance): string {
  return performance.queues
    .map(({ id, goalLevel, abandonProbability }) =>
      goalLevel && abandonProbability
        ? `${id} ${percent(goalLevel.value)} (95 %: ${percent(goalLevel.low)} to ${percent(goalLevel.high)}), ` +
          `abandoned ${percent(abandonProbability.value)}`
        : `${id}: no calls`,
    )
    .join('; ');
}

function multiSkill(seed: string): void {
  const queue = (id: string, agents: number): SkillQueue => ({
    id,
    calls: largestCalls(agents),
    intervalSeconds: 1_800,
    ahtSeconds: AHT_SECONDS,
    patience: { kind: 'exponential', meanSeconds: 120 },
    goal: GOAL,
  });
  const queues = [queue('billing', 5), queue('technical', 3)];
  const groups = [
    { id: 'billing only', skills: [{ queue: 'billing' }] },
    { id: 'flexible', skills: [{ queue: 'billing', level: 2 }, { queue: 'technical' }] },
  ];
  process.stdout.write(
    'billing and technical at the largest loads for which Erlang C asks for 5 and 3 agents (80 % in 20 s)\n',
  );
  for (const mix of [
    [2, 3],
    [0, 6],
    [0, 7],
  ] as const) {
    const performance = simulateSkillMix(queues, groups, mix, { seed, replications: 40 });
    process.stdout.write(`  ${mix[0]} billing only + ${mix[1]} flexible: ${shownLevels(performance)}\n`);
  }
  const found = requiredSkillMix(queues, groups, { seed });
  if (found.kind !== 'found') {
    const why =
      found.kind === 'infeasible' ? `no mix meets the goals of ${found.queues.join(', ')}` : 'cancelled';
    process.stdout.write(`  ${why}\n`);
    return;
  }
  process.stdout.write(`  required: ${found.agents[0]} billing only + ${found.agents[1]} flexible: `);
  process.stdout.write(`${shownLevels(found.at)}\n`);
  process.stdout.write(
    `  ${found.mixesTried} mixes tried; own agents per queue ${found.siloAgents.join(' + ')}, `,
  );
  process.stdout.write(`all flexible ${found.pooledAgents}\n`);
}

/** 20 queues of 20 to 50 calls per open quarter-hour, 300 agents with two neighbouring skills and a lunch break. */
function fortnight(): PlanInput {
  const [days, perDay, open] = [14, 96, 10 * 3_600];
  const start = Date.UTC(2026, 0, 5) / 1_000;
  const isOpen = (i: number) => i % perDay >= 32 && i % perDay < 72;
  const queues = Array.from({ length: 20 }, (_, q) => ({
    id: `queue ${q}`,
    calls: Array.from({ length: days * perDay }, (_, i) => (isOpen(i) ? 20 + 3 * (q % 11) : 0)),
    ahtSeconds: AHT_SECONDS,
    patience: PATIENCE,
    goal: GOAL,
  }));
  const agents = Array.from({ length: 300 }, (_, a) => ({
    id: `agent ${a}`,
    skills: [{ queue: `queue ${a % 20}` }, { queue: `queue ${(a + 1) % 20}`, level: 2 }],
    duty: Array.from({ length: days }, (_, day) => {
      const from = start + day * 86_400 + 8 * 3_600;
      const lunch = from + 4 * 3_600 + (a % 8) * 900;
      return {
        startSeconds: from,
        endSeconds: from + open,
        breaks: [{ startSeconds: lunch, endSeconds: lunch + 1_800 }],
      };
    }),
  }));
  return {
    grid: { start, stepSeconds: STEP_SECONDS, timeZone: 'UTC', count: days * perDay },
    queues,
    agents,
  };
}

function plan(seed: string): void {
  const input = fortnight();
  const replications = 20;
  let calls = 0;
  const seconds = cpuSeconds(() => {
    const result = simulatePlan(input, { seed, replications });
    if (result.kind === 'complete') {
      calls = result.queues.reduce((sum, queue) => sum + queue.total.counts.offered, 0);
      const level = result.queues[0]?.total.goalLevel;
      if (level) {
        process.stdout.write(
          `  queue 0: ${percent(level.value)} (95 %: ${percent(level.low)} to ${percent(level.high)})\n`,
        );
      }
    }
  });
  process.stdout.write(
    `  ${Math.round(calls)} calls per replication, ${replications} replications: ` +
      `${(seconds / replications).toFixed(2)} CPU seconds each\n`,
  );
}

export async function run(args: readonly string[]): Promise<number> {
  const options = { calls: 5e5, seed: 'bench', multiSkill: false, plan: false };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--multi-skill') options.multiSkill = true;
    else if (args[i] === '--plan') options.plan = true;
    else if (args[i] === '--calls' && Number(args[i + 1]) > 0) options.calls = Number(args[++i]) * 1e6;
    else if (args[i] === '--seed' && args[i + 1] !== undefined) options.seed = args[++i] ?? '';
    else {
      process.stderr.write(USAGE);
      return 2;
    }
  }
  if (options.multiSkill) multiSkill(options.seed);
  else if (options.plan) plan(options.seed);
  else speed(options.calls, options.seed);
  return 0;
}
