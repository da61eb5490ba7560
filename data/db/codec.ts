import type { z } from 'zod';

/** Any value that survives JSON. */
export type JsonValue = z.infer<ReturnType<typeof z.json>>;

/** Turns a domain value into a JSON text column and back, checking what comes back. */
export interface JsonColumn<T> {
  readonly encode: (value: T) => string;
  readonly decode: (text: string) => T;
}

/** A stored JSON text that does not have the shape its column promises. */
export class CorruptColumnError extends Error {
  override readonly name = 'CorruptColumnError';
}

/** A JSON column checked by `schema` on the way in and on the way out. `name` appears in errors; values never do. */
export function jsonColumn<T>(name: string, schema: z.ZodType<T>): JsonColumn<T> {
  return {
    encode: value => {
      const checked = schema.safeParse(value);
      if (!checked.success) throw new RangeError(`${name} ${describeIssues(checked.error)}`);
      return JSON.stringify(checked.data);
    },
    decode: text => {
      const checked = schema.safeParse(JSON.parse(text));
      if (!checked.success) throw new CorruptColumnError(`stored ${name} ${describeIssues(checked.error)}`);
      return checked.data;
    },
  };
}

function describeIssues(error: z.ZodError): string {
  return error.issues.map(issue => `${issue.path.join('.') || 'value'}: ${issue.message}`).join('; ');
}

/**
 * JSON whose shape belongs to another layer; only being JSON is checked. A schedule of 500 agents is some hundred
 * thousand values, which a schema would take a tenth of a second to walk.
 */
export const anyJson: JsonColumn<JsonValue> = {
  encode: value => {
    const fault = jsonFault(value, 'json');
    if (fault !== undefined) throw new RangeError(fault);
    return JSON.stringify(value);
  },
  decode: (text): JsonValue => JSON.parse(text),
};

/** Where a value is not JSON and would be changed by writing it, such as NaN, which becomes null. */
function jsonFault(value: unknown, path: string): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path}: ${value} is not JSON`;
  if (typeof value !== 'object') return `${path}: ${typeof value} is not JSON`;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
    return `${path}: only plain objects are JSON`;
  for (const [key, part] of Object.entries(value)) {
    const fault = jsonFault(part, `${path}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Encodes an absent value as null. */
export function encodeOptional<T>(column: JsonColumn<T>, value: T | null | undefined): string | null {
  return value === null || value === undefined ? null : column.encode(value);
}

/** Decodes a null column as null. */
export function decodeOptional<T>(column: JsonColumn<T>, text: string | null): T | null {
  return text === null ? null : column.decode(text);
}

/** A yes/no column: 0 or 1 on both databases. */
export type Flag = 0 | 1;

/** true → 1, false → 0. */
export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
