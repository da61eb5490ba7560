import { type CoverRule, count, numberOf, textOf } from './rule.ts';

/** A least number of agents with a skill or licence at work at any moment of a daily window. Breach: agent-minutes missing. */
export const minimumCover: CoverRule = {
  kind: 'minimumCover',
  title: 'Minimum cover by licence',
  unit: 'agent-minute',
  scope: 'cover',
  parameters: {
    skill: { type: 'text', label: 'Skill or licence', default: 'nurse' },
    level: {
      type: 'number',
      label: 'Level at least',
      unit: 'level',
      min: 0,
      max: 5,
      integer: true,
      default: 0,
    },
    agents: { type: 'number', label: 'Agents', unit: 'agents', min: 1, max: 1000, integer: true, default: 2 },
    fromMinute: { type: 'number', label: 'From', unit: 'minute of the day', min: 0, max: 1440, default: 0 },
    toMinute: { type: 'number', label: 'To', unit: 'minute of the day', min: 0, max: 1440, default: 1440 },
  },
  sentence: p => {
    const level = numberOf(p, 'level');
    const who = count(numberOf(p, 'agents'), 'agent');
    const from = numberOf(p, 'fromMinute');
    const to = numberOf(p, 'toMinute');
    const when = from === 0 && to === 1440 ? 'at all times' : `from ${clock(from)} to ${clock(to)}`;
    return `At least ${who} with ${textOf(p, 'skill')}${level > 0 ? ` of level ${level}` : ''} at work ${when}`;
  },
  demand: p => ({
    skill: textOf(p, 'skill'),
    level: numberOf(p, 'level'),
    agents: numberOf(p, 'agents'),
    fromMinute: numberOf(p, 'fromMinute'),
    toMinute: numberOf(p, 'toMinute'),
  }),
};

function clock(minute: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
