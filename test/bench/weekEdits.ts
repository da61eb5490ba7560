import { createRandom } from '../../forecasting/calendar/random.ts';
import { EditSession } from '../../forecasting/scheduling/editSession.ts';
import { generateSchedule } from '../../forecasting/scheduling/generate.ts';
import { reoptimiseBreaks, repairAbsence } from '../../forecasting/scheduling/reoptimise.ts';
import { weekProblem } from './weekProblem.ts';

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** `weekEdits --agents 500 [--rules all]`: one edit, a repair after an absence and breaks alone, in CPU time. */
export async function run(args: readonly string[]): Promise<number> {
  const at = args.indexOf('--agents');
  const agents = at >= 0 ? Number(args[at + 1]) : 500;
  const week = weekProblem({ agents, seed: 1, rules: args.includes('all') ? 'all' : 'basic' });
  // One shift above the contract is allowed, so that somebody may step in.
  const problem = {
    ...week,
    agents: week.agents.map(agent => ({
      ...agent,
      contract: { ...agent.contract, maxHoursPerWeek: agent.contract.maxHoursPerWeek + 8 },
    })),
  };
  const made = generateSchedule(week, { seed: 1, moveBudget: 600 * agents });
  if (made.kind !== 'schedule') throw new Error(made.kind);
  const { schedule } = made;

  const session = new EditSession(problem, schedule);
  const random = createRandom('edits');
  const times: number[] = [];
  for (let i = 0; i < 400; i++) {
    const shift = schedule.assignments[random.integer(schedule.assignments.length)]!;
    const op = {
      kind: 'move',
      assignmentId: shift.id,
      start: shift.start + 900 * (random.integer(9) - 4),
    } as const;
    const started = cpuMs();
    session.apply(op);
    times.push(cpuMs() - started);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(`edit: median ${times[200]!.toFixed(2)} ms, p95 ${times[380]!.toFixed(2)} ms\n`);

  const victim = schedule.assignments.find(shift => shift.start > problem.grid.start + 2 * 86_400)!;
  const absence = { agentId: victim.agentId, start: victim.start, end: victim.end };
  let before = cpuMs();
  const repaired = repairAbsence(problem, schedule, [absence]);
  process.stdout.write(
    `repair after one absence: ${((cpuMs() - before) / 1000).toFixed(2)} s, ` +
      `${repaired.touchedAgentIds.length} people touched, under-cover ` +
      `${repaired.before.coverage.underHours.toFixed(2)} h planned → ${repaired.after.coverage.underHours.toFixed(2)} h\n`,
  );
  before = cpuMs();
  const breaks = reoptimiseBreaks(problem, schedule);
  process.stdout.write(
    `breaks alone: ${((cpuMs() - before) / 1000).toFixed(2)} s, cover cost ` +
      `${breaks.before.score.cover.toFixed(1)} → ${breaks.after.score.cover.toFixed(1)}\n`,
  );
  return 0;
}
