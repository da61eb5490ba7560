import type { DayHistory } from '../../history/dayHistory.ts';
import { weekdayOfDayNumber } from '../../history/localClock.ts';
import { chooseDayLevel, forecastDayLevel } from '../dayLevel.ts';
import { dayWorkspace } from '../dayWorkspace.ts';
import { headOf } from '../historyHead.ts';
import { intradayProfile } from '../profile.ts';
import { average4, average8, seasonalNaive } from './averages.ts';
import { harmonic } from './harmonic.ts';
import { lowRank } from './lowRank.ts';
import { factorOf, type MeanModel, type ModelInput } from './model.ts';

const LONGEST_HORIZON_DAYS = 400;

/** The history with the day factors divided out. */
function withoutFactors(history: DayHistory, input: ModelInput): DayHistory {
  if (!input.dayFactor) return history;
  const { slots } = history.table;
  return {
    ...history,
    counts: history.counts.map((value, i) => value / factorOf(input, Math.floor(i / slots))),
    totals: history.totals.map((value, d) => value / factorOf(input, d)),
  };
}

/** Day level × intraday profile, level settings and day effects chosen by rolling origins. */
const dayProfile: MeanModel = {
  name: 'day-profile',
  title: 'Day level × intraday profile',
  minimumDays: 1,
  fit(input) {
    const history = withoutFactors(headOf(input.history, input.end), input);
    const workspace = dayWorkspace(history, {
      horizonDays: LONGEST_HORIZON_DAYS,
      drivers: [],
      specialEffects: new Map(),
      closedRows: new Set(),
    });
    const choice = chooseDayLevel(workspace);
    const profile = intradayProfile(history, input.end);
    const { slots, firstDayNumber } = history.table;
    return {
      predict(days) {
        const level = forecastDayLevel(workspace, choice, input.end, days, -1);
        const mean = new Float64Array(days * slots);
        for (let k = 0; k < days; k++) {
          const w = weekdayOfDayNumber(firstDayNumber + input.end + k) * slots;
          const total = level.totals[k]! * factorOf(input, input.end + k);
          for (let j = 0; j < slots; j++) mean[k * slots + j] = total * profile[w + j]!;
        }
        return mean;
      },
    };
  },
};

/** Every model of mean contacts. A new model is a file here, a line in this list, and passes the contract suite. */
export const MEAN_MODELS: readonly MeanModel[] = [
  dayProfile,
  lowRank,
  harmonic,
  average8,
  average4,
  seasonalNaive,
];
