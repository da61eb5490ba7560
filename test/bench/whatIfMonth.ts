import type { ForecastScatter, QueueLevers, ScenarioQueue } from '../../forecasting/index.ts';

/** A made-up month of four queues, and four scenarios on it: plain arithmetic, the same everywhere. */

const STEP_SECONDS = 900;
const SLOTS = 96;
/** Monday, 4 January 2027, in a zone without clock changes. */
const START = Date.UTC(2027, 0, 4) / 1000;
export const MONTH_DAYS = 30;

interface Shape {
  readonly queueId: string;
  /** Calls in the busiest quarter-hour. */
  readonly peakCalls: number;
  readonly ahtSeconds: number;
  readonly patienceSeconds: number;
  readonly openFrom: number;
  readonly openTo: number;
  readonly weekend: boolean;
  readonly answerWithinSeconds: number;
}

/** The sizes of the sample centre, and one queue around the clock. */
const SHAPES: readonly Shape[] = [
  {
    queueId: 'appointments',
    peakCalls: 62,
    ahtSeconds: 310,
    patienceSeconds: 150,
    openFrom: 28,
    openTo: 76,
    weekend: true,
    answerWithinSeconds: 30,
  },
  {
    queueId: 'triage',
    peakCalls: 14,
    ahtSeconds: 560,
    patienceSeconds: 240,
    openFrom: 0,
    openTo: 96,
    weekend: true,
    answerWithinSeconds: 120,
  },
  {
    queueId: 'pharmacy',
    peakCalls: 30,
    ahtSeconds: 240,
    patienceSeconds: 120,
    openFrom: 32,
    openTo: 72,
    weekend: true,
    answerWithinSeconds: 30,
  },
  {
    queueId: 'billing',
    peakCalls: 18,
    ahtSeconds: 420,
    patienceSeconds: 180,
    openFrom: 32,
    openTo: 68,
    weekend: false,
    answerWithinSeconds: 60,
  },
];

/** The four queues; calls differ on every day, handle times by weekday and time of day. */
export function monthQueues(scale = 1): ScenarioQueue[] {
  return SHAPES.map((shape, q) => {
    const offered: (number | null)[] = [];
    const ahtSeconds: (number | null)[] = [];
    for (let day = 0; day < MONTH_DAYS; day++) {
      const isOpenDay = shape.weekend || day % 7 < 5;
      const dayFactor = 1 + 0.12 * Math.sin(1.7 * day + q) + (day % 7 === 0 ? 0.18 : 0);
      for (let slot = 0; slot < SLOTS; slot++) {
        const isOpen = isOpenDay && slot >= shape.openFrom && slot < shape.openTo;
        const curve = 0.1 + Math.exp(-(((slot - 40) / 11) ** 2)) + 0.7 * Math.exp(-(((slot - 58) / 9) ** 2));
        offered.push(isOpen ? (scale * shape.peakCalls * dayFactor * curve) / 1.25 : null);
        const swing = 1 + 0.06 * Math.sin(slot / 9 + q) + 0.03 * Math.cos((day % 7) + slot / 30);
        ahtSeconds.push(isOpen ? shape.ahtSeconds * swing : null);
      }
    }
    const ranges = [{ startMinute: shape.openFrom * 15, endMinute: shape.openTo * 15 }];
    return {
      queueId: shape.queueId,
      start: START,
      stepSeconds: STEP_SECONDS,
      timeZone: 'Etc/UTC',
      openingHours: {
        weekly: Array.from({ length: 7 }, (_, day) => (shape.weekend || day < 5 ? ranges : [])),
      },
      offered,
      ahtSeconds,
      goal: {
        serviceLevel: { target: 0.8, answerWithinSeconds: shape.answerWithinSeconds, definition: 'offered' },
        maxAbandonment: 0.05,
      },
      goalPeriods: [],
      patienceSeconds: shape.patienceSeconds,
      shortAbandonSeconds: 5,
      shrinkageShare: 0.28,
    };
  });
}

/** The scatter of a usual forecast: 8 % by day of which 4 % keep on over the horizon. */
export function monthScatter(): ForecastScatter {
  const bucket = {
    slotFactor: 1.1,
    slotVariance: 0.004,
    dayVariance: 0.0064,
    levelVariance: 0.0016,
    stretch80: 1,
    stretch95: 1,
    dayStretch80: 1,
    dayStretch95: 1,
    testedDays: 60,
  };
  return { originEpochSeconds: START, uncertainty: { buckets: Array.from({ length: 8 }, () => bucket) } };
}

/** As planned, more calls, other goals, fewer people; `moved` shifts a lever of the last one a little. */
export function monthScenarios(moved = 0): readonly (readonly QueueLevers[])[] {
  return [
    [],
    [{ queueId: null, volumeFactor: 1.1, ahtFactor: 0.97 }],
    [
      { queueId: null, patienceSeconds: 100 },
      {
        queueId: 'triage',
        goal: { serviceLevel: { target: 0.9, answerWithinSeconds: 60, definition: 'offered' } },
      },
    ],
    [{ queueId: null, staffShare: 0.94, volumeFactor: 1.03 + moved }],
  ];
}
