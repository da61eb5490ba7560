import type {
  DesignedShift,
  MinimumShiftDesignProblem,
} from '../../../forecasting/scheduling/roster/minimumShiftDesign.ts';

/** Reads a minimum shift design data file (`name = value;`, MiniZinc data). */
export function readShiftDesign(text: string): MinimumShiftDesignProblem {
  const entries = new Map<string, number[]>();
  for (const [, name = '', value = ''] of text.matchAll(/(\w+)\s*=\s*([^;]+);/g))
    entries.set(name, value.replace(/[[\]]/g, '').split(',').map(Number));
  const list = (name: string): readonly number[] => {
    const found = entries.get(name);
    if (!found || found.some(value => !Number.isFinite(value)))
      throw new Error(`${name} is missing or no number`);
    return found;
  };
  const one = (name: string): number => list(name)[0] ?? 0;
  return {
    slotMinutes: one('interval'),
    days: one('days'),
    demand: list('demand'),
    families: Array.from({ length: one('shiftTypes') }, (_, i) => ({
      firstStart: list('minStart')[i] ?? 0,
      lastStart: list('maxStart')[i] ?? 0,
      minLength: list('minLength')[i] ?? 0,
      maxLength: list('maxLength')[i] ?? 0,
    })),
    underWeight: one('weightUnderCover'),
    overWeight: one('weightOverCover'),
    shiftWeight: one('weightShiftInstances'),
    ...(entries.has('weightDutiesPerWeek') && one('weightDutiesPerWeek') > 0
      ? {
          duties: {
            min: one('minDuties'),
            max: one('maxDuties'),
            averageMinutes: one('avgMinutes'),
            weight: one('weightDutiesPerWeek'),
          },
        }
      : {}),
  };
}

/** One line per distinct shift: start and length in slots, then people per day. */
export function writeShiftDesign(shifts: readonly DesignedShift[], days: number): string {
  const header = ['start', 'length', ...Array.from({ length: days }, (_, day) => `day${day}`)];
  const lines = shifts.map(shift => [shift.start, shift.length, ...shift.peoplePerDay]);
  return `${[header, ...lines].map(fields => fields.join(',')).join('\n')}\n`;
}

/** Checks a written design against the text of its instance, with nothing from the reader or the solver. */
export function checkShiftDesign(
  instance: string,
  design: string,
): { readonly objective: number; readonly violations: readonly string[] } {
  const numbers = (name: string): number[] =>
    (new RegExp(`${name}\\s*=\\s*\\[?([^;\\]]*)`).exec(instance)?.[1] ?? '').split(',').map(Number);
  const demand = numbers('demand');
  const [days = 7] = numbers('days');
  const [minutes = 60] = numbers('interval');
  const [under = 1] = numbers('weightUnderCover');
  const [over = 1] = numbers('weightOverCover');
  const [perShift = 0] = numbers('weightShiftInstances');
  let duties = 0;
  let worked = 0;
  const [starts, latest, shortest, longest] = ['minStart', 'maxStart', 'minLength', 'maxLength'].map(numbers);
  const violations: string[] = [];
  const lines = design
    .trim()
    .split('\n')
    .slice(1)
    .filter(line => line !== '');
  for (const line of lines) {
    const [start = -1, length = 0, ...people] = line.split(',').map(Number);
    const legal = starts?.some(
      (first, k) =>
        start >= first &&
        start <= (latest?.[k] ?? -1) &&
        length >= (shortest?.[k] ?? 0) &&
        length <= (longest?.[k] ?? -1),
    );
    if (!legal) violations.push(`no family has a shift from slot ${start} of ${length} slots`);
    people.forEach((count, day) => {
      duties += count;
      worked += count * length * minutes;
      if (!Number.isInteger(count) || count < 0) violations.push(`${count} people on day ${day}`);
      for (let k = 0; k < length; k++) {
        const slot = (day * (demand.length / days) + start + k) % demand.length;
        demand[slot] = (demand[slot] ?? 0) - count;
      }
    });
  }
  const off = demand.reduce((sum, left) => sum + (left > 0 ? left * under : -left * over), 0);
  const [perDuty = 0] = numbers('weightDutiesPerWeek');
  const [fewest = 0] = numbers('minDuties');
  const [most = 0] = numbers('maxDuties');
  const [week = 0] = numbers('avgMinutes');
  const average = worked > 0 ? (duties * week) / worked : fewest;
  const outside = average < fewest ? fewest - average : Math.max(0, average - most);
  return { objective: off * minutes + perShift * lines.length + outside * perDuty, violations };
}
