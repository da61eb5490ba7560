import { starterRules } from '../../forecasting/scheduling/starterSet.ts';
import { anyJson, type JsonValue } from '../db/codec.ts';
import type { Db } from '../db/connect.ts';
import { createAgents } from '../store/agents.ts';
import type { Queue } from '../store/queues.ts';
import { createShiftTemplate } from '../store/shiftTemplates.ts';
import type { Site } from '../store/sites.ts';
import { createSkill, createTeam } from '../store/teams.ts';
import { createWorkRuleSet } from '../store/workRuleSets.ts';
import { SAMPLE_QUEUES } from './centre.ts';
import { SAMPLE_AGENTS, SAMPLE_SHIFTS, SAMPLE_TEAMS } from './people.ts';

/** Stores the sample's teams, skills, shifts, work rules and agents. `hiredOn` is when all of them started. */
export async function loadPeople(
  db: Db,
  site: Site,
  queues: readonly Queue[],
  made: { readonly at: number; readonly hiredOn: string },
): Promise<void> {
  const teamIds = new Map<string, string>();
  for (const name of SAMPLE_TEAMS) teamIds.set(name, (await createTeam(db, { siteId: site.id, name })).id);
  const skillIds = new Map<string, string>();
  for (const [index, queue] of SAMPLE_QUEUES.entries()) {
    const queueId = queues[index]?.id;
    const skill = await createSkill(db, {
      siteId: site.id,
      name: queue.name,
      queueIds: queueId ? [queueId] : [],
    });
    skillIds.set(queue.key, skill.id);
  }
  const templates: { id: string; nights: boolean }[] = [];
  for (const { name, nights, content } of SAMPLE_SHIFTS) {
    templates.push({ id: (await createShiftTemplate(db, { siteId: site.id, name, content })).id, nights });
  }
  await createWorkRuleSet(db, {
    siteId: site.id,
    name: 'Riverside rules',
    content: sampleRules(),
    isDefault: true,
  });
  await createAgents(
    db,
    SAMPLE_AGENTS.map(agent => ({
      siteId: site.id,
      teamId: teamIds.get(agent.team) ?? null,
      externalId: agent.externalId,
      name: agent.name,
      skills: agent.skills.map(([key, level]) => ({ skill: skillIds.get(key) ?? key, level })),
      contract: contractOf(agent.hoursPerWeek),
      availability: {
        windows: windowsWithout(agent.daysOff),
        templateIds: templates
          .filter(template => agent.nights || !template.nights)
          .map(template => template.id),
      },
      licence: agent.licence,
      costPerHourCents: agent.costPerHourCents,
      hiredOn: made.hiredOn,
      createdAt: made.at,
    })),
  );
}

function contractOf(hoursPerWeek: number): JsonValue {
  return {
    minHoursPerWeek: Math.max(0, hoursPerWeek - 8),
    targetHoursPerWeek: hoursPerWeek,
    maxHoursPerWeek: hoursPerWeek,
  };
}

function windowsWithout(daysOff: readonly number[]): JsonValue {
  if (daysOff.length === 0) return [];
  return [0, 1, 2, 3, 4, 5, 6]
    .filter(weekday => !daysOff.includes(weekday))
    .map(weekday => ({ weekday, startMinute: 0, endMinute: 1440 }));
}

/** The usual rules, and never fewer than two nurses. */
function sampleRules(): JsonValue {
  const nurses = {
    id: 'twoNurses',
    kind: 'minimumCover',
    parameters: { skill: 'RN', level: 0, agents: 2, fromMinute: 0, toMinute: 1440 },
    enforcement: 'hard',
  };
  return anyJson.decode(JSON.stringify([...starterRules().rules, nurses]));
}
