import { ALWAYS_OPEN, type OpeningHours, type OpenRange } from '../../forecasting/calendar/opening.ts';

/** The sample centre's name carries that it is made up. */
export const SAMPLE_SITE = {
  name: 'Riverside Health (synthetic)',
  timeZone: 'America/Chicago',
  country: 'US',
  currency: 'USD',
} as const;

/** How a queue of the sample behaves. Rates are means before season, holidays and chance. */
export interface SampleQueue {
  readonly key: 'appointments' | 'triage' | 'pharmacy' | 'billing';
  readonly name: string;
  readonly openingHours: OpeningHours;
  readonly contactsPerWeek: number;
  readonly ahtSeconds: number;
  /** Shares of handle time: talk, hold, wrap-up. */
  readonly handleShares: readonly [talk: number, hold: number, wrap: number];
  readonly patienceSeconds: number;
  /** Weekly volume Monday to Sunday, relative. */
  readonly weekdays: readonly number[];
  /** Times of the day around which calls gather: hour, width in hours, weight. */
  readonly peaks: readonly (readonly [hour: number, width: number, weight: number])[];
  /** How much the queue grows in a year. */
  readonly growthPerYear: number;
  /** How strongly winter and the flu raise it. */
  readonly winter: number;
  readonly flu: number;
  /** Volume on a public holiday on which it is open. */
  readonly onHoliday: number;
  readonly goal: Readonly<
    Record<
      string,
      number | { readonly target: number; readonly answerWithinSeconds: number; readonly definition: string }
    >
  >;
}

const day = (from: number, to: number): readonly OpenRange[] => [
  { startMinute: from * 60, endMinute: to * 60 },
];
const week = (weekday: readonly OpenRange[], saturday: readonly OpenRange[]): OpeningHours => ({
  weekly: [weekday, weekday, weekday, weekday, weekday, saturday, []],
});
const level = (target: number, answerWithinSeconds: number) => ({
  target,
  answerWithinSeconds,
  definition: 'offered',
});

/** The four queues. Every figure is an assumption of this sample, chosen to be plausible, taken from no real centre. */
export const SAMPLE_QUEUES: readonly SampleQueue[] = [
  {
    key: 'appointments',
    name: 'Appointments',
    openingHours: week(day(7, 18), day(8, 13)),
    contactsPerWeek: 5200,
    ahtSeconds: 265,
    handleShares: [0.74, 0.08, 0.18],
    patienceSeconds: 150,
    weekdays: [1.28, 1.05, 1, 0.96, 0.9, 0.38, 0],
    peaks: [
      [9.2, 1.6, 1],
      [14, 2.2, 0.75],
    ],
    growthPerYear: 0.04,
    winter: 0.06,
    flu: 0.12,
    onHoliday: 0.5,
    goal: { serviceLevel: level(0.8, 30), maxAbandonment: 0.05 },
  },
  {
    key: 'triage',
    name: 'Nurse triage',
    openingHours: ALWAYS_OPEN,
    contactsPerWeek: 1500,
    ahtSeconds: 570,
    handleShares: [0.7, 0.05, 0.25],
    patienceSeconds: 240,
    weekdays: [1.1, 0.95, 0.92, 0.92, 0.96, 1.12, 1.08],
    peaks: [
      [10, 2.5, 0.7],
      [18.5, 2.6, 1],
      [2, 5, 0.16],
    ],
    growthPerYear: 0.06,
    winter: 0.16,
    flu: 0.7,
    onHoliday: 1.25,
    goal: { serviceLevel: level(0.8, 120), maxAbandonment: 0.05, minAgents: 2 },
  },
  {
    key: 'pharmacy',
    name: 'Pharmacy refills',
    openingHours: week(day(8, 19), day(9, 15)),
    contactsPerWeek: 2700,
    ahtSeconds: 195,
    handleShares: [0.7, 0.12, 0.18],
    patienceSeconds: 120,
    weekdays: [1.3, 1.02, 0.98, 0.95, 1.05, 0.42, 0],
    peaks: [
      [10, 2, 1],
      [16, 1.8, 0.8],
    ],
    growthPerYear: 0.02,
    winter: 0.05,
    flu: 0.2,
    onHoliday: 0.6,
    goal: { serviceLevel: level(0.8, 30), maxAbandonment: 0.05 },
  },
  {
    key: 'billing',
    name: 'Billing',
    openingHours: week(day(8, 17), []),
    contactsPerWeek: 1700,
    ahtSeconds: 340,
    handleShares: [0.68, 0.12, 0.2],
    patienceSeconds: 210,
    weekdays: [1.2, 1.08, 1, 0.95, 0.85, 0, 0],
    peaks: [
      [10.5, 2, 1],
      [14.5, 2, 0.9],
    ],
    growthPerYear: -0.03,
    winter: -0.02,
    flu: 0,
    onHoliday: 0.5,
    goal: { serviceLevel: level(0.75, 60), maxAbandonment: 0.06 },
  },
];

/** Length of an interval in the sample. */
export const SAMPLE_STEP_SECONDS = 900;

/** Holidays on which the offices are closed; triage never is. */
export const SAMPLE_CLOSED_HOLIDAYS: readonly string[] = [
  "New Year's Day",
  'Memorial Day',
  'Independence Day',
  'Independence Day (substitute day)',
  'Labor Day',
  'Thanksgiving Day',
  'Christmas Day',
];
