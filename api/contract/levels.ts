import type { Agent } from './people.ts';

const LICENCE_LEVEL = 5;

/**
 * What scheduling knows an agent by, with levels: the queues that their skills serve; for rules also the skills
 * themselves and the licence, which counts as the highest level. The server and the editor in the browser share it, so
 * that both judge a rule of minimum cover alike.
 */
export function schedulingLevels(
  agent: Pick<Agent, 'skills' | 'licence'>,
  skills: readonly { readonly id: string; readonly queueIds: readonly string[] }[],
): { readonly skill: string; readonly level: number }[] {
  const queuesOf = new Map(skills.map(skill => [skill.id, skill.queueIds]));
  const levels = new Map<string, number>();
  for (const { skillId, level } of agent.skills) {
    for (const skill of [skillId, ...(queuesOf.get(skillId) ?? [])]) {
      levels.set(skill, Math.max(level, levels.get(skill) ?? 0));
    }
  }
  if (agent.licence !== null) levels.set(agent.licence, LICENCE_LEVEL);
  return [...levels].map(([skill, level]) => ({ skill, level }));
}
