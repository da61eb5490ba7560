import { monthQueues } from './whatIfMonth.ts';
import { whatIfWork } from './whatIfWork.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const GOAL_MS = 100;
const ROUNDS = 12;

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/** `npm run bench -- whatif`: CPU time to recompute the what-if page for a month of four queues. */
export async function run(args: readonly string[]): Promise<number> {
  const scale = Number(args[0] ?? 1);
  const queues = monthQueues(scale);
  const open = queues.reduce((sum, queue) => sum + queue.offered.filter(calls => calls !== null).length, 0);
  print(`a month of 4 queues: ${queues[0]?.offered.length} quarter-hours each, ${open} of them open`);
  let met = true;
  for (const { name, run: work } of whatIfWork(scale)) {
    const first = cpuMs(() => work(0));
    const times = Array.from({ length: ROUNDS }, (_, round) => cpuMs(() => work(round + 1))).sort(
      (a, b) => a - b,
    );
    const middle = times[ROUNDS >> 1] ?? 0;
    print(`${name}: first ${first.toFixed(0)} ms, then ${middle.toFixed(0)} ms (median of ${ROUNDS})`);
    if (name === 'four scenarios') met = middle <= GOAL_MS;
  }
  return met ? 0 : 1;
}
