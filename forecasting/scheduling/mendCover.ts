import { BestResponse, weekSpans } from './bestResponse.ts';
import { type CellChange, CellChanges } from './cellChange.ts';
import type { MinimumCover } from './coverModel.ts';
import { CAREFUL } from './partialRoster.ts';
import type { SearchState } from './searchState.ts';

/**
 * Closes gaps of hard minimum covers that single moves left open, such as a quarter-hour in which the breaks of the
 * last licence holders meet: breaks around the gap are placed anew, then the one change of a holder's day that helps
 * most is made, as long as one helps; where none does, holders answer the week anew, once each. Every step betters the
 * objective.
 */
export function mendMinimumCover(state: SearchState, isOver: () => boolean): void {
  const changes = new CellChanges(state);
  const response = new BestResponse(state, CAREFUL);
  const answered = new Set<number>();
  state.model.site.cover.covers.forEach((cover, index) => {
    if (cover.setting.enforcement !== 'hard') return;
    const holders = holdersOf(state, index);
    for (let slot = firstGap(state, cover, index, 0); slot >= 0 && !isOver(); ) {
      const cells = cellsAround(state, holders, slot);
      for (const cell of cells) changes.placeBreaks(cell);
      const best = isGap(state, cover, index, slot) ? bestChange(changes, cells) : null;
      if (best) changes.apply(best);
      if (!best) {
        for (const cell of cells) {
          if (!isGap(state, cover, index, slot) || isOver()) break;
          answerWeek(state, response, cell, answered);
        }
      }
      const next = isGap(state, cover, index, slot) && best ? slot : slot + 1;
      slot = firstGap(state, cover, index, next);
    }
  });
}

/** The agent of the cell plans its week anew, unless that was done: a shift may move from another day to the gap. */
function answerWeek(state: SearchState, response: BestResponse, cell: number, answered: Set<number>): void {
  const { dayCount } = state.model;
  const day = cell % dayCount;
  const span = weekSpans(dayCount)[Math.floor(day / 7)];
  const week = cell - day + Math.floor(day / 7);
  if (!span || answered.has(week)) return;
  answered.add(week);
  response.improve(state.agentOf(cell), span);
}

/** Agents who count towards a minimum cover. */
function holdersOf({ model }: SearchState, index: number): readonly number[] {
  const { agentGroup, groups } = model.site.cover;
  return Array.from({ length: model.agentCount }, (_, agent) => agent).filter(agent =>
    groups[agentGroup[agent]!]!.covers.includes(index),
  );
}

function isGap(state: SearchState, cover: MinimumCover, index: number, slot: number): boolean {
  return state.cover.covered[index * state.model.site.cover.slotCount + slot]! < cover.due[slot]!;
}

function firstGap(state: SearchState, cover: MinimumCover, index: number, from: number): number {
  const { slotCount } = state.model.site.cover;
  for (let slot = from; slot < slotCount; slot++) if (isGap(state, cover, index, slot)) return slot;
  return -1;
}

/** The days of the agents on which a shift can reach the slot: a night began the day before. */
function cellsAround({ model }: SearchState, agents: readonly number[], slot: number): readonly number[] {
  const { calendar, slotMinutes } = model.site;
  const day = calendar.dayIndexOf(calendar.epochOf(slot * slotMinutes));
  const days = [day - 1, day].filter(d => d >= 0 && d < model.dayCount);
  return agents.flatMap(agent => days.map(d => agent * model.dayCount + d));
}

function bestChange(changes: CellChanges, cells: readonly number[]): CellChange | null {
  let best: CellChange | null = null;
  for (const cell of cells) {
    const change = changes.best(cell, false);
    if (change && change.delta < (best?.delta ?? -1e-9)) best = change;
  }
  return best;
}
