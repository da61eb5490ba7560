import type { ProgramTask } from './completionBound.ts';
import { DAY_OFF } from './problem.ts';

/** Sizes of the table of one programme: blocks of a state, one for each number of weekends and of counted shifts. */
export interface TableLayout {
  readonly blocks: number;
  readonly weekendStates: number;
  readonly counterStates: number;
  readonly unitStates: number;
}

/** A filled table and what it was filled from. */
export interface FilledTable extends ProgramTask {
  readonly workspace: {
    readonly values: Float64Array;
    readonly first: Int32Array;
    readonly last: Int32Array;
    readonly base: Int32Array;
  };
  readonly layout: TableLayout;
  readonly counterStride: Int32Array;
  readonly counterLimit: Int32Array;
}

/** A cell of the table: a state, a block of it, and units worked. */
interface Place {
  readonly state: number;
  readonly block: number;
  readonly units: number;
}

/** Walks back from the best final block and its units, finding on each day the transition that made it, and writes the days. */
export function traceBack(table: FilledTable, block: number, units: number, out: Int8Array): void {
  const { window, states, layout } = table;
  const { blocks } = layout;
  let place: Place = {
    state: Math.floor(block / blocks) % states.count,
    block: block % blocks,
    units,
  };
  for (let k = window.to - window.from - 1; k >= 0; k--) {
    const value = valueAt(table, k + 1, place.state, place.block, place.units);
    const before =
      states.lengthOf(place.state) === 0
        ? backOverDayOff(table, k, place, value)
        : backOverShift(table, k, place, value, out);
    if (states.lengthOf(place.state) === 0) out[window.from + k] = DAY_OFF;
    place = before;
  }
}

function valueAt({ workspace, layout, states }: FilledTable, k: number, s: number, block: number, m: number) {
  const at = (k * states.count + s) * layout.blocks + block;
  const { values, first, last, base } = workspace;
  if (first[at]! < 0 || m < first[at]! || m > last[at]!) return Number.POSITIVE_INFINITY;
  return values[base[at]! + m]!;
}

function backOverDayOff(table: FilledTable, k: number, { state, block, units }: Place, value: number): Place {
  const { window, states, offCost } = table;
  const day = window.from + k;
  for (let s = 0; s < states.count; s++)
    if (states.afterDayOff(s, day) === state && valueAt(table, k, s, block, units) + offCost[day]! === value)
      return { state: s, block, units };
  throw new Error('roster programme: no day off leads to the best value');
}

function backOverShift(
  table: FilledTable,
  k: number,
  { state, block, units }: Place,
  value: number,
  out: Int8Array,
): Place {
  const { window, groups, states, prices, layout, counterStride, counterLimit } = table;
  const { counterStates } = layout;
  const day = window.from + k;
  const length = states.lengthOf(state);
  const to = states.classOf(state);
  const weekends = Math.floor(block / counterStates) - states.opensWeekend(day, length === 1);
  const counters = block % counterStates;
  for (let g = 0; g < groups.units.length && weekends >= 0; g++) {
    const counter = groups.counter[g]!;
    const stride = counter >= 0 ? counterStride[counter]! : 0;
    const m = units - groups.units[g]!;
    if (groups.classOfGroup[g] !== to || m < 0) continue;
    if (counter >= 0 && Math.floor(counters / stride) % (counterLimit[counter]! + 1) === 0) continue;
    const before = weekends * counterStates + counters - stride;
    const at = k * groups.units.length + g;
    for (let c = 0; c < (length === 1 ? 1 : groups.classes); c++) {
      if (length > 1 && !groups.mayFollow[g * groups.classes + c]) continue;
      const s = length === 1 ? 0 : states.on(c, length - 1);
      if (valueAt(table, k, s, before, m) + prices.cost[at]! !== value) continue;
      out[day] = prices.type[at]!;
      return { state: s, block: before, units: m };
    }
  }
  throw new Error('roster programme: no shift leads to the best value');
}
