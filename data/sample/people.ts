import type { JsonValue } from '../db/codec.ts';

/** One made-up agent. Skills name queues of the sample with a level from 1 to 5. */
export interface SampleAgent {
  readonly externalId: string;
  readonly name: string;
  readonly team: (typeof SAMPLE_TEAMS)[number];
  readonly skills: readonly (readonly [
    key: 'appointments' | 'triage' | 'pharmacy' | 'billing',
    level: number,
  ])[];
  readonly hoursPerWeek: number;
  readonly licence: 'RN' | null;
  readonly costPerHourCents: number;
  readonly nights: boolean;
  /** Weekdays (0 = Monday) on which the agent cannot work; empty for most. */
  readonly daysOff: readonly number[];
}

export const SAMPLE_TEAMS = ['Patient access', 'Nurses', 'Pharmacy and billing'] as const;

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Carla',
  'Dmitri',
  'Esther',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
  'Keiko',
  'Luis',
  'Mara',
  'Nadia',
  'Omar',
  'Petra',
  'Quinn',
  'Rosa',
  'Sven',
  'Tessa',
];
const LAST_NAMES = [
  'Abbott',
  'Berger',
  'Castillo',
  'Dahl',
  'Eriksen',
  'Fontaine',
  'Garcia',
  'Huang',
  'Ivanova',
  'Jensen',
  'Kowalski',
  'Larsen',
];

const NURSES = 24;
const ACCESS = 22;
const AGENTS = 60;

/** The sixty agents: nurses for triage around the clock, patient access, and pharmacy with billing. */
export const SAMPLE_AGENTS: readonly SampleAgent[] = Array.from({ length: AGENTS }, (_, i) => {
  const role = i < NURSES ? 'nurse' : i < NURSES + ACCESS ? 'access' : 'office';
  const within = role === 'nurse' ? i : role === 'access' ? i - NURSES : i - NURSES - ACCESS;
  return {
    externalId: `R${String(i + 1).padStart(3, '0')}`,
    name: `${FIRST_NAMES[i % FIRST_NAMES.length]} ${LAST_NAMES[(i * 5 + Math.floor(i / 20)) % LAST_NAMES.length]}`,
    team: role === 'nurse' ? 'Nurses' : role === 'access' ? 'Patient access' : 'Pharmacy and billing',
    skills: skillsOf(role, within),
    hoursPerWeek: within % 6 === 5 ? 20 : within % 4 === 3 ? 30 : 40,
    licence: role === 'nurse' ? 'RN' : null,
    costPerHourCents: role === 'nurse' ? 4600 + (within % 5) * 100 : 2300 + (within % 5) * 75,
    nights: role === 'nurse' && within % 3 === 0,
    daysOff: within % 7 === 4 ? [2] : [],
  };
});

function skillsOf(role: 'nurse' | 'access' | 'office', within: number): SampleAgent['skills'] {
  const level = 2 + (within % 4);
  if (role === 'nurse')
    return within % 8 === 7
      ? [
          ['triage', level],
          ['pharmacy', 3],
        ]
      : [['triage', level]];
  if (role === 'access')
    return within % 3 === 2
      ? [
          ['appointments', level],
          ['billing', 2],
        ]
      : [['appointments', level]];
  if (within % 5 < 2) return [['billing', level]];
  return within % 5 === 4
    ? [
        ['pharmacy', level],
        ['billing', 3],
        ['appointments', 2],
      ]
    : [['pharmacy', level]];
}

/** Kinds of shifts: minutes are elapsed time with breaks; lunch is unpaid. */
export interface SampleShift {
  readonly name: string;
  readonly nights: boolean;
  readonly content: JsonValue;
}

const full = (type: string, earliest: number, latest: number) => ({
  type,
  lengthsMinutes: [510],
  starts: [{ earliestMinute: earliest * 60, latestMinute: latest * 60, stepMinutes: 30 }],
  breaks: [
    { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 90, latestOffsetMinutes: 165 },
    { kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 195, latestOffsetMinutes: 300 },
    { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 345, latestOffsetMinutes: 435 },
  ],
  minSpacingMinutes: 45,
});

/** The shift templates of the sample. */
export const SAMPLE_SHIFTS: readonly SampleShift[] = [
  { name: 'Early, 8 hours', nights: false, content: full('early', 6.5, 9) },
  { name: 'Late, 8 hours', nights: false, content: full('late', 9.5, 15.5) },
  { name: 'Night, 8 hours', nights: true, content: full('night', 22, 23.5) },
  {
    name: 'Six hours',
    nights: false,
    content: {
      type: 'short',
      lengthsMinutes: [360],
      starts: [{ earliestMinute: 420, latestMinute: 960, stepMinutes: 30 }],
      breaks: [
        { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 90, latestOffsetMinutes: 150 },
        { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 210, latestOffsetMinutes: 270 },
      ],
      minSpacingMinutes: 45,
    },
  },
  {
    name: 'Four hours',
    nights: false,
    content: {
      type: 'short',
      lengthsMinutes: [240],
      starts: [{ earliestMinute: 420, latestMinute: 960, stepMinutes: 30 }],
      breaks: [
        { kind: 'break', minutes: 15, paid: true, earliestOffsetMinutes: 90, latestOffsetMinutes: 150 },
      ],
      minSpacingMinutes: 45,
    },
  },
];

/** Shrinkage of every queue: shares of paid time. */
export const SAMPLE_SHRINKAGE: JsonValue = [
  { kind: 'vacation', name: 'Vacation', share: 0.06 },
  { kind: 'sickness', name: 'Sickness', share: 0.035 },
  { kind: 'training', name: 'Training', share: 0.02 },
  { kind: 'meeting', name: 'Meetings', share: 0.015 },
  { kind: 'break', name: 'Breaks', share: 0.06 },
];
