import { z } from 'zod';
import type { Route } from '../../api/contract/route.ts';
import type { RandomGenerator } from '../../forecasting/calendar/random.ts';
import { MISSING_ID } from './probe.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Decides every choice that a made-up value leaves open. */
export interface Maker {
  readonly random: RandomGenerator;
  /** Ids of things that exist, to be named now and then. */
  readonly ids: readonly string[];
  /** Share of the parts that are replaced by something hostile; 0 makes only what fits the schema. */
  readonly hostility: number;
}

const HOSTILE_TEXTS = [
  '',
  '../../etc/passwd',
  "'; drop table queue; --",
  "' or '1'='1",
  '<script>alert(1)</script>',
  '\u0000',
  '\ud800',
  '=HYPERLINK("http://x")',
  'a\r\nset-cookie: x=y',
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  '9'.repeat(30),
  '2026-13-40',
  'Mars/Olympus',
  '\u202e\u0301\ufeff',
  '%00%2e%2e',
];
const HOSTILE_NUMBERS = [-1, 0.5, -0, 1e9, -1e15, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53];
const HOSTILE: readonly unknown[] = [
  null,
  [],
  {},
  true,
  [[]],
  { length: -1 },
  ...HOSTILE_TEXTS,
  ...HOSTILE_NUMBERS,
];

/** A request made from a route's own schemas. */
export function makeRequest(route: Route, maker: Maker) {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(makeParameter(name, maker)).replace(/[\ud800-\udfff]/g, '?')),
  );
  const query = new URLSearchParams();
  const optionalToo = maker.hostility > 0;
  for (const [name, schema] of Object.entries(route.query?.shape ?? {})) {
    const isOptional = schema instanceof z.ZodType && schema.safeParse(undefined).success;
    if (isOptional && !(optionalToo && maker.random.uniform() < 0.6)) continue;
    query.set(name, String(makeValue(jsonSchemaOf(schema), maker)));
  }
  const text = query.toString();
  return {
    path: text === '' ? path : `${path}?${text}`,
    body: bodyOf(route, maker),
    contentType: route.upload ? 'text/csv' : 'application/json',
  };
}

function bodyOf(route: Route, maker: Maker): string | undefined {
  if (route.body) return JSON.stringify(makeValue(jsonSchemaOf(route.body), maker));
  if (!route.upload) return undefined;
  const head = maker.random.uniform() < maker.hostility ? pick(maker, HOSTILE_TEXTS) : '';
  return `${head}interval_start,offered\n2026-01-01 00:00,5\n`;
}

function makeParameter(name: string, maker: Maker): unknown {
  if (maker.random.uniform() < maker.hostility) return pick(maker, HOSTILE_TEXTS);
  if (name === 'sequence') return 1;
  if (name === 'secret') return 'x'.repeat(43);
  if (name === 'findingId') return 'gap:0:900';
  return pick(maker, maker.ids.length > 0 ? maker.ids : [MISSING_ID]);
}

export function jsonSchemaOf(schema: unknown): JsonSchema {
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {};
}

/** A value that fits a schema, but for the share of hostile parts. */
export function makeValue(schema: JsonSchema, maker: Maker, depth = 0): unknown {
  if (maker.random.uniform() < maker.hostility || depth > 8) return pick(maker, HOSTILE);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(maker, schema.enum);
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(choice => typeof choice === 'object');
  if (choices && choices.length > 0) {
    return makeValue(maker.hostility > 0 ? pick(maker, choices) : (choices[0] ?? {}), maker, depth + 1);
  }
  if (schema.allOf) {
    const parts = schema.allOf.flatMap(part => (typeof part === 'object' ? [part] : []));
    return makeValue(Object.assign({}, ...parts), maker, depth + 1);
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return makeObject(schema, maker, depth);
    case 'array':
      return makeArray(schema, maker, depth);
    case 'integer':
    case 'number':
      return makeNumber(schema, maker);
    case 'boolean':
      return maker.random.uniform() < 0.5;
    case 'null':
      return null;
    default:
      return makeText(schema, maker);
  }
}

function makeObject(schema: JsonSchema, maker: Maker, depth: number): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    // A range that ends where it begins fits its schema but not its meaning.
    const isEnd = maker.hostility === 0 && /^(end|latest|max)/.test(name);
    if (isEnd && typeof part === 'object' && part.maximum !== undefined)
      return [[name, part.maximum] as const];
    const wanted = schema.required?.includes(name) || (maker.hostility > 0 && maker.random.uniform() < 0.5);
    return typeof part === 'object' && wanted ? [[name, makeValue(part, maker, depth + 1)] as const] : [];
  });
  const surprise =
    maker.random.uniform() < maker.hostility / 2
      ? [[pick(maker, HOSTILE_TEXTS), pick(maker, HOSTILE)] as const]
      : [];
  return Object.fromEntries([...entries, ...surprise]);
}

function makeArray(schema: JsonSchema, maker: Maker, depth: number): readonly unknown[] {
  const { items, prefixItems } = schema;
  if (Array.isArray(prefixItems)) {
    return prefixItems.map(part => makeValue(typeof part === 'object' ? part : {}, maker, depth + 1));
  }
  const least = schema.minItems ?? (maker.hostility > 0 ? Math.floor(maker.random.uniform() * 3) : 1);
  const length = Math.min(least, schema.maxItems ?? least, 20);
  const part = typeof items === 'object' && !Array.isArray(items) ? items : {};
  return Array.from({ length }, () => makeValue(part, maker, depth + 1));
}

function makeNumber(schema: JsonSchema, maker: Maker): number {
  const above = schema.exclusiveMinimum;
  const bound = schema.minimum ?? (typeof above === 'number' ? above + 1 : 0);
  // Zod says "any whole number" by the safe range.
  const least = bound <= Number.MIN_SAFE_INTEGER ? 0 : bound;
  const most = schema.maximum ?? Math.max(least, 7);
  if (maker.hostility === 0) return least;
  return pick(maker, [least, most, Math.floor((least + most) / 2), 900, 1_777_870_800]);
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-05-04',
  email: 'somebody@example.org',
  'date-time': '2026-05-04T08:00:00Z',
};

function makeText(schema: JsonSchema, maker: Maker): string {
  const byFormat = schema.format === undefined ? undefined : BY_FORMAT[schema.format];
  if (byFormat !== undefined) return byFormat;
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern);
    const known = [
      ...maker.ids,
      MISSING_ID,
      '0',
      '123456',
      'USD',
      'x',
      'xx',
      '2026-05',
      '08:00',
      'x'.repeat(43),
    ];
    const fitting = known.filter(text => pattern.test(text));
    if (fitting.length > 0) return pick(maker, fitting);
  }
  const usual =
    maker.hostility > 0 ? pick(maker, ['Riverside', 'America/Chicago', ...maker.ids]) : 'America/Chicago';
  return usual.padEnd(schema.minLength ?? 0, 'x').slice(0, schema.maxLength ?? undefined);
}

export function pick<Value>(maker: Pick<Maker, 'random'>, values: readonly Value[]): Value {
  const value = values[Math.floor(maker.random.uniform() * values.length)];
  if (value === undefined) throw new RangeError('pick requires at least one value');
  return value;
}
