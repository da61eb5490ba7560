import { type BreakRule, duration, numberOf } from './rule.ts';

/** Longest work without a break, and break time due in long shifts. Breach: minutes beyond or missing. */
export const breakLaw: BreakRule = {
  kind: 'breakLaw',
  title: 'Break law',
  unit: 'minute',
  scope: 'break',
  parameters: {
    maxStretchMinutes: {
      type: 'number',
      label: 'Work without a break',
      unit: 'minutes',
      min: 30,
      max: 1440,
      default: 360,
    },
    minBreakMinutes: {
      type: 'number',
      label: 'Shortest break that counts',
      unit: 'minutes',
      min: 1,
      max: 180,
      default: 15,
    },
    overMinutes: {
      type: 'number',
      label: 'In shifts longer than',
      unit: 'minutes',
      min: 0,
      max: 1440,
      default: 360,
    },
    dueMinutes: { type: 'number', label: 'Break time due', unit: 'minutes', min: 0, max: 480, default: 30 },
  },
  sentence: p =>
    `Nobody works longer than ${duration(numberOf(p, 'maxStretchMinutes'))} without a break of ${duration(numberOf(p, 'minBreakMinutes'))}, and a shift over ${duration(numberOf(p, 'overMinutes'))} has ${duration(numberOf(p, 'dueMinutes'))} of breaks`,
  limits: p => ({
    maxStretchMinutes: numberOf(p, 'maxStretchMinutes'),
    minBreakMinutes: numberOf(p, 'minBreakMinutes'),
    overMinutes: numberOf(p, 'overMinutes'),
    dueMinutes: numberOf(p, 'dueMinutes'),
  }),
};
