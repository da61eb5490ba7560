import type { LinearModelData } from './linearSolver.ts';

/** Collects a sparse model column by column and row by row, in any order. */
export class LinearBuilder {
  readonly #cost: number[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #integer: number[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #entryRow: number[] = [];
  readonly #entryColumn: number[] = [];
  readonly #entryValue: number[] = [];

  get columnCount(): number {
    return this.#cost.length;
  }

  get rowCount(): number {
    return this.#rowLower.length;
  }

  column(cost: number, lower: number, upper: number, integer = false): number {
    this.#cost.push(cost);
    this.#lower.push(lower);
    this.#upper.push(upper);
    this.#integer.push(integer ? 1 : 0);
    return this.#cost.length - 1;
  }

  row(lower: number, upper: number): number {
    this.#rowLower.push(lower);
    this.#rowUpper.push(upper);
    return this.#rowLower.length - 1;
  }

  entry(row: number, column: number, value: number): void {
    this.#entryRow.push(row);
    this.#entryColumn.push(column);
    this.#entryValue.push(value);
  }

  /** The model with rows compressed; entries given twice for one place are added up. */
  build(): LinearModelData {
    const rows = this.rowCount;
    const byRow = new Int32Array(rows + 1);
    for (const row of this.#entryRow) byRow[row + 1]!++;
    for (let i = 0; i < rows; i++) byRow[i + 1]! += byRow[i]!;
    const order = new Int32Array(this.#entryRow.length);
    const next = byRow.slice();
    this.#entryRow.forEach((row, k) => {
      order[next[row]!++] = k;
    });
    const rowStarts = new Int32Array(rows + 1);
    const columnIndices: number[] = [];
    const values: number[] = [];
    const placeOf = new Int32Array(this.columnCount).fill(-1);
    for (let i = 0; i < rows; i++) {
      const first = columnIndices.length;
      for (let k = byRow[i]!; k < byRow[i + 1]!; k++) {
        const column = this.#entryColumn[order[k]!]!;
        const value = this.#entryValue[order[k]!]!;
        if (placeOf[column]! >= first) values[placeOf[column]!]! += value;
        else {
          placeOf[column] = columnIndices.length;
          columnIndices.push(column);
          values.push(value);
        }
      }
      rowStarts[i + 1] = columnIndices.length;
    }
    return {
      cost: Float64Array.from(this.#cost),
      lower: Float64Array.from(this.#lower),
      upper: Float64Array.from(this.#upper),
      integer: Uint8Array.from(this.#integer),
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      rowStarts,
      columnIndices: Int32Array.from(columnIndices),
      values: Float64Array.from(values),
    };
  }
}
