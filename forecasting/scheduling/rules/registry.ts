import { availability } from './availability.ts';
import { breakLaw } from './breakLaw.ts';
import { completeWeekends } from './completeWeekends.ts';
import { contractHours } from './contractHours.ts';
import { fixedAssignment } from './fixedAssignment.ts';
import { forbiddenAssignment } from './forbiddenAssignment.ts';
import { forbiddenSuccession } from './forbiddenSuccession.ts';
import { holidaysInTurn } from './holidaysInTurn.ts';
import { maximumConsecutiveDays } from './maximumConsecutiveDays.ts';
import { maximumConsecutiveDaysOff } from './maximumConsecutiveDaysOff.ts';
import { maximumDailyHours } from './maximumDailyHours.ts';
import { maximumPeriodHours } from './maximumPeriodHours.ts';
import { maximumShiftsOfType } from './maximumShiftsOfType.ts';
import { maximumWeekends } from './maximumWeekends.ts';
import { maximumWeeklyHours } from './maximumWeeklyHours.ts';
import { minimumConsecutiveDays } from './minimumConsecutiveDays.ts';
import { minimumConsecutiveDaysOff } from './minimumConsecutiveDaysOff.ts';
import { minimumCover } from './minimumCover.ts';
import { minimumDailyHours } from './minimumDailyHours.ts';
import { minimumDaysOffPerWeek } from './minimumDaysOffPerWeek.ts';
import { minimumPeriodHours } from './minimumPeriodHours.ts';
import { minimumRest } from './minimumRest.ts';
import { minimumWeeklyHours } from './minimumWeeklyHours.ts';
import { oneShiftPerDay } from './oneShiftPerDay.ts';
import type { WorkRule } from './rule.ts';
import { startTimeConsistency } from './startTimeConsistency.ts';
import { weeklyRotation } from './weeklyRotation.ts';

/** Every work rule there is, in the order in which they are offered. A new rule is a file and a line here. */
export const RULES: readonly WorkRule[] = [
  minimumRest,
  oneShiftPerDay,
  availability,
  contractHours,
  maximumDailyHours,
  minimumDailyHours,
  maximumWeeklyHours,
  minimumWeeklyHours,
  maximumPeriodHours,
  minimumPeriodHours,
  maximumConsecutiveDays,
  minimumConsecutiveDays,
  minimumConsecutiveDaysOff,
  maximumConsecutiveDaysOff,
  minimumDaysOffPerWeek,
  maximumWeekends,
  completeWeekends,
  forbiddenSuccession,
  weeklyRotation,
  startTimeConsistency,
  maximumShiftsOfType,
  fixedAssignment,
  forbiddenAssignment,
  holidaysInTurn,
  breakLaw,
  minimumCover,
];

const BY_KIND = new Map(RULES.map(rule => [rule.kind, rule]));

export function findRule(kind: string): WorkRule | undefined {
  return BY_KIND.get(kind);
}
