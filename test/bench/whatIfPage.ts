import { type Work, whatIfWork } from './whatIfWork.ts';

/** The same work in a page, called piece by piece from outside. */
let works: readonly Work[] = [];

/** Prepares the month; returns the names of the pieces. */
export function prepare(scale: number): readonly string[] {
  works = whatIfWork(scale);
  return works.map(({ name }) => name);
}

export function runPiece(name: string, round: number): number {
  return works.find(work => work.name === name)?.run(round) ?? 0;
}
