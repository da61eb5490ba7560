const TOTAL_WORDS = /^\s*(grand\s*|sub\s*-?)?totals?\b|^\s*(summary|average|gesamt|summe|totale|somme)\b/i;

/** Whether a cell says that its row sums others up. */
export function isTotal(cell: string): boolean {
  return TOTAL_WORDS.test(cell);
}
