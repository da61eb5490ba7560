// A second simulator, written for clarity and not for speed: it steps from event to event by looking at everything,
// removes callers at the moment they hang up, and knows nothing of the engine's data structures.
import type { CentreModel, RandomGenerator } from '../../../forecasting/index.ts';
import { CallSource } from '../../../forecasting/simulation/callSource.ts';

export interface NaiveCall {
  readonly queue: number;
  readonly arrival: number;
  readonly limit: number;
  readonly work: number;
  outcome: 'waiting' | 'answered' | 'abandoned';
  wait: number;
}

interface Person {
  readonly agent: number;
  readonly key: string;
  call: NaiveCall | null;
  endsAt: number;
  idleSince: number;
  onDuty: boolean;
}

/** All calls of one replication, in order of queue and arrival. */
export function drawCalls(model: CentreModel, random: RandomGenerator, replication: number): NaiveCall[] {
  return model.queues.flatMap((queue, index) => {
    const source = new CallSource(queue, model.stepSeconds, replication, random);
    const calls: NaiveCall[] = [];
    for (; source.nextSeconds < Infinity; source.advance()) {
      const { nextSeconds: arrival, limit, work } = source;
      calls.push({ queue: index, arrival, limit, work, outcome: 'waiting', wait: Number.NaN });
    }
    return calls;
  });
}

/** Whether the agent should be at work at time t: breaks end as planned. */
function scheduled(model: CentreModel, agent: number, t: number): boolean {
  return (model.agents[agent]?.duty ?? []).some(
    stretch =>
      t >= stretch.startSeconds &&
      t < stretch.endSeconds &&
      !(stretch.breaks ?? []).some(pause => t >= pause.startSeconds && t < pause.endSeconds),
  );
}

export function runNaive(model: CentreModel, calls: readonly NaiveCall[]): void {
  const queueIndex = new Map(model.queues.map((queue, i) => [queue.id, i]));
  const people: Person[] = model.agents.map((agent, i) => ({
    agent: i,
    key: JSON.stringify(agent.skills),
    call: null,
    endsAt: Infinity,
    idleSince: 0,
    onDuty: false,
  }));
  const skill = (person: Person, queue: number) =>
    model.agents[person.agent]?.skills.find(own => queueIndex.get(own.queue) === queue);
  const level = (person: Person, queue: number) => skill(person, queue)?.level ?? 1;
  const priority = (queue: number) => model.queues[queue]?.priority ?? 1;
  // Groups are numbered in the order in which they first appear; ties between groups go to the lower number.
  const groups = [...new Set(people.map(person => person.key))];
  const order = [...people].sort((a, b) => groups.indexOf(a.key) - groups.indexOf(b.key));
  const times = new Set<number>();
  for (const { duty } of model.agents) {
    for (const stretch of duty) {
      times.add(stretch.startSeconds).add(stretch.endSeconds);
      for (const pause of stretch.breaks ?? []) times.add(pause.startSeconds).add(pause.endSeconds);
    }
  }
  const dutyTimes = [...times].filter(t => t < Infinity).sort((a, b) => a - b);
  const arrivals = [...calls].sort((a, b) => a.arrival - b.arrival || a.queue - b.queue);
  const waiting: NaiveCall[] = [];

  const start = (person: Person, call: NaiveCall, now: number) => {
    call.outcome = 'answered';
    call.wait = now - call.arrival;
    person.call = call;
    person.endsAt = now + call.work * (skill(person, call.queue)?.handleFactor ?? 1);
  };
  const hangUps = (now: number) => {
    for (let i = waiting.length - 1; i >= 0; i--) {
      const call = waiting[i]!;
      if (call.limit < now - call.arrival) {
        call.outcome = 'abandoned';
        call.wait = call.limit;
        waiting.splice(i, 1);
      }
    }
  };
  const seekWork = (person: Person, now: number) => {
    hangUps(now);
    const able = waiting.filter(call => skill(person, call.queue) !== undefined);
    able.sort(
      (a, b) =>
        priority(a.queue) - priority(b.queue) ||
        level(person, a.queue) - level(person, b.queue) ||
        a.arrival - b.arrival ||
        a.queue - b.queue,
    );
    const call = able[0];
    if (!call) {
      person.idleSince = now;
      return;
    }
    waiting.splice(waiting.indexOf(call), 1);
    start(person, call, now);
  };

  for (let next = 0; ; ) {
    const completing = people.reduce((best, p) => (p.endsAt < best.endsAt ? p : best), people[0]!);
    const completion = completing?.endsAt ?? Infinity;
    const duty = dutyTimes[0] ?? Infinity;
    const arrival = arrivals[next]?.arrival ?? Infinity;
    const now = Math.min(completion, duty, arrival);
    if (now === Infinity) break;
    if (completion === now) {
      completing.call = null;
      completing.endsAt = Infinity;
      completing.onDuty = scheduled(model, completing.agent, now) && completing.onDuty;
      if (completing.onDuty) seekWork(completing, now);
    } else if (duty === now) {
      dutyTimes.shift();
      for (const person of people) {
        const should = scheduled(model, person.agent, now);
        if (!should && person.call === null) person.onDuty = false;
      }
      for (const person of people) {
        if (!scheduled(model, person.agent, now)) continue;
        const wasOff = !person.onDuty;
        person.onDuty = true;
        if (wasOff && person.call === null) seekWork(person, now);
      }
    } else {
      const call = arrivals[next++]!;
      const free = order.filter(
        p => p.onDuty && p.call === null && scheduled(model, p.agent, now) && skill(p, call.queue),
      );
      free.sort((a, b) => level(a, call.queue) - level(b, call.queue) || a.idleSince - b.idleSince);
      const person = free[0];
      if (person) start(person, call, now);
      else waiting.push(call);
    }
  }
  for (const call of waiting) {
    if (call.limit < Infinity) {
      call.outcome = 'abandoned';
      call.wait = call.limit;
    }
  }
}
