const TOTAL_WORDS = /^\s*(grand\s*|sub\s*-?)?totals?\b|^\s*(summary|average|gesamt|summe|totale|somme)\b/i;

/** Whether a cell says that its row sums others up. */
export function isTotal(cell: string): boolean {
  const first = cell.charCodeAt(0);
  // Nearly every cell asked about begins with a digit.
  if (first >= 48 && first <= 57) return false;
  return TOTAL_WORDS.test(cell);
}
