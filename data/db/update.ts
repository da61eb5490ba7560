/**
 * The outcome of changing a row that carries a revision: `conflict` means somebody else changed it since it
 * was read, and nothing was written; `missing` means it does not exist or lies outside the caller's sites.
 */
export type UpdateOutcome =
  | { readonly kind: 'updated'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly revision: number }
  | { readonly kind: 'missing' };

/** Turns the number of rows written and the revision found into an outcome. */
export function updateOutcome(
  rowsWritten: bigint,
  expectedRevision: number,
  foundRevision: number | undefined,
): UpdateOutcome {
  if (rowsWritten > 0n) return { kind: 'updated', revision: expectedRevision + 1 };
  return foundRevision === undefined ? { kind: 'missing' } : { kind: 'conflict', revision: foundRevision };
}
