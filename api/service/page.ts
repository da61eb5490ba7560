import { Refusal } from './refusal.ts';

/** Which page of a list is wanted. The cursor is the number or id of the last item of the page before. */
export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A page, and the cursor of the next one; null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * The number after which a page of a numbered list begins; undefined on the first.
 *
 * @throws Refusal when the cursor is none of `pageFrom`.
 */
export function pageStart({ cursor }: PageQuery): number | undefined {
  if (cursor === undefined) return undefined;
  const number = Number(cursor);
  if (!Number.isSafeInteger(number)) throw new Refusal('invalid', 'query.cursor is not one of ours');
  return number;
}

/** A page of `limit` out of rows of which one more than that was read. */
export function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => number | string,
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? String(cursorOf(last)) : null };
}
