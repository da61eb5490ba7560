import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../api/contract/client.ts';
import type { Job } from '../../api/contract/job.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays, weekdayOf } from '../../forecasting/calendar/time.ts';

/** A small centre made through the API. */
export interface Centre {
  readonly siteId: string;
  readonly queueId: string;
  readonly agentIds: readonly string[];
}

const WORKDAY = [{ startMinute: 480, endMinute: 1080 }];

/** A site with one queue open 8 to 18 every day, one shift kind and twelve agents. */
export async function addCentre(caller: Caller, name = 'Riverside'): Promise<Centre> {
  const site = await caller.call(ROUTES.createSite, {
    body: { name, timeZone: 'America/Chicago', currency: 'USD', country: 'US', region: 'IL' },
  });
  const queue = await caller.call(ROUTES.createQueue, {
    body: {
      siteId: site.id,
      name: 'Appointments',
      openingHours: { weekly: Array.from({ length: 7 }, () => WORKDAY) },
      goal: { serviceLevel: { target: 0.8, answerWithinSeconds: 30, definition: 'offered' } },
      shrinkage: [{ kind: 'sickness', name: 'Sickness', share: 0.1 }],
    },
  });
  const skill = await caller.call(ROUTES.createSkill, {
    body: { siteId: site.id, name: 'Appointments', queueIds: [queue.id] },
  });
  await caller.call(ROUTES.createShiftTemplate, {
    body: {
      siteId: site.id,
      name: 'Day',
      type: 'day',
      lengthsMinutes: [480],
      starts: [{ earliestMinute: 480, latestMinute: 600, stepMinutes: 30 }],
      weekdays: [],
      breaks: [
        { kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 180, latestOffsetMinutes: 300 },
      ],
      minSpacingMinutes: 60,
      active: true,
    },
  });
  const agentIds: string[] = [];
  for (let i = 0; i < 12; i++) {
    const agent = await caller.call(ROUTES.createAgent, {
      body: {
        siteId: site.id,
        teamId: null,
        externalId: null,
        name: `Agent ${i + 1}`,
        skills: [{ skillId: skill.id, level: 3 }],
        contract: { minHoursPerWeek: 30, targetHoursPerWeek: 37.5, maxHoursPerWeek: 40 },
        availability: [],
        shiftTemplateIds: [],
        licence: null,
        costPerHourCents: 2400,
        hiredOn: null,
        leftOn: null,
      },
    });
    agentIds.push(agent.id);
  }
  return { siteId: site.id, queueId: queue.id, agentIds };
}

/** Interval rows of a queue open 8 to 18, with a plain weekly and daily shape. */
export function quarterHoursCsv(firstDate: string, days: number): string {
  const lines = ['interval_start,queue,offered,handled,abandoned,aht_seconds'];
  for (let d = 0; d < days; d++) {
    const date = addDays(firstDate, d);
    const busy = weekdayOf(date) < 5 ? 1 : 0.4;
    for (let slot = 32; slot < 72; slot++) {
      const offered = Math.round(busy * (18 + 6 * Math.sin((slot - 32) / 6)) + ((d * 7 + slot * 3) % 5));
      const abandoned = Math.min(offered, (d + slot) % 3);
      const clock = `${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')}`;
      lines.push(
        `${date} ${clock},Appointments,${offered},${offered - abandoned},${abandoned},${280 + (slot % 4) * 10}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Waits until a job has ended. */
export async function finished(caller: Caller, jobId: string): Promise<Job> {
  for (;;) {
    const job = await caller.call(ROUTES.getJob, { params: { id: jobId } });
    if (job.finishedAt !== null) return job;
    await sleep(50);
  }
}
