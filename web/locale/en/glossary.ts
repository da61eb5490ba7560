/** The words of the field. Each explains itself where it first appears. */
export const glossary = {
  offered: {
    name: 'offered',
    meaning: 'Contacts that reached the queue: answered ones and those who hung up.',
  },
  serviceLevel: {
    name: 'service level',
    meaning:
      'Share of calls answered within the target time, such as 80 % in 30 seconds. There are several ways to count it; every report names the one it used.',
  },
  asa: { name: 'ASA', meaning: 'Average speed of answer: how long answered callers waited, on average.' },
  aht: {
    name: 'AHT',
    meaning: 'Average handle time: talk, hold and wrap-up of one contact, on average.',
  },
  abandonment: {
    name: 'abandonment',
    meaning: 'Share of offered calls whose caller hung up before an answer.',
  },
  occupancy: {
    name: 'occupancy',
    meaning:
      'Share of their time on the phones that agents spend handling contacts. Above about 85 to 90 % people wear out.',
  },
  shrinkage: {
    name: 'shrinkage',
    meaning:
      'Share of paid time in which an agent is not available for contacts: leave, sickness, training, meetings, breaks.',
  },
  patience: {
    name: 'patience',
    meaning:
      'How long callers are willing to wait before they hang up, on average. Estimated from your own abandoned calls.',
  },
  requirement: {
    name: 'requirement',
    meaning:
      'Agents needed on the phones in an interval to keep every goal. With shrinkage: agents to be paid so that this many are there.',
  },
  offeredLoad: {
    name: 'offered load',
    meaning:
      'Calls per hour times handle time in hours, in Erlangs: how many agents the work would keep busy without any pause.',
  },
  coverage: { name: 'coverage', meaning: 'Scheduled agents beside required agents, interval by interval.' },
  wape: {
    name: 'WAPE',
    meaning:
      'Weighted absolute percentage error: the sum of all misses divided by the sum of all calls. 10 % means that, per 100 calls, the forecast was off by 10.',
  },
  mase: {
    name: 'MASE',
    meaning:
      'Error compared with repeating the same weekday of the week before. Below 1 is better than that.',
  },
  bias: {
    name: 'bias',
    meaning: 'Average direction of the error: positive means forecast above what came in.',
  },
  band: {
    name: 'prediction band',
    meaning:
      'The range in which the number should fall: an 80 % band should hold four out of five actual values.',
  },
  naive: {
    name: 'naive forecast',
    meaning: 'The same weekday and time of the week before. A model that cannot beat it is not worth having.',
  },
  backtest: {
    name: 'backtest',
    meaning:
      'Forecasts made as if at several past dates, from what was known then, compared with what came in.',
  },
  adherence: {
    name: 'adherence',
    meaning: 'Share of scheduled time in which an agent did what the schedule said.',
  },
  reforecast: {
    name: 're-forecast',
    meaning: 'The forecast for the rest of the day, corrected by what has come in so far.',
  },
  erlangA: {
    name: 'Erlang A',
    meaning:
      'Queueing formula with callers who hang up. Closer to real centres than Erlang C, which lets everybody wait for ever.',
  },
  erlangC: {
    name: 'Erlang C',
    meaning:
      'Queueing formula in which every caller waits until answered. Asks for more agents than Erlang A.',
  },
  simulation: {
    name: 'simulation',
    meaning:
      'The days played many times over, call by call, with chance, queues that carry over and callers who hang up. It checks what the formula says.',
  },
  attainment: {
    name: 'attainment',
    meaning: 'How far a goal was reached over a period, and in how many of its intervals and days.',
  },
  fte: {
    name: 'FTE',
    meaning:
      'Full-time equivalent: one person with full paid hours, or several part-time ones who share them.',
  },
} as const;

export type GlossaryTerm = keyof typeof glossary;
