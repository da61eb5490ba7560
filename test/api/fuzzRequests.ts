import { z } from 'zod';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST } from '../../api/contract/routes.ts';
import { createRandom, type RandomGenerator } from '../../forecasting/calendar/random.ts';

/** What a run of made-up requests showed. */
export interface FuzzReport {
  readonly requests: number;
  /** Answers of 500 and above but 503, with the request that brought them. */
  readonly failures: readonly string[];
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Ends the session, or begins long work that the run would only wait for. */
const LEFT_OUT: readonly string[] = ['signOut', 'loadSample', 'startBackup', 'followJob', 'setUp'];

const STRINGS = [
  '',
  'a',
  '2026-05-04',
  '2026-13-40',
  'America/Chicago',
  'Mars/Olympus',
  '01a20000-0000-7000-8000-000000000000',
  '../../etc/passwd',
  "'; drop table queue; --",
  '<script>',
  '\u0000',
  '\ud800',
  '=1+1',
  'x'.repeat(5000),
  '__proto__',
  '9'.repeat(30),
  '-1',
];
const NUMBERS = [0, -1, 1, 0.5, 900, 1e9, 1_777_870_800, -1e15, 1e308, Number.MAX_SAFE_INTEGER];

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Sends requests made from the routes' own schemas, mostly nearly right, and collects answers that nobody expects. */
export async function fuzzRequests(
  url: string,
  headers: Readonly<Record<string, string>>,
  requests: number,
  seed: number,
  ids: readonly string[] = [],
): Promise<FuzzReport> {
  const random = createRandom(seed);
  const routes = ROUTE_LIST.filter(([id]) => !LEFT_OUT.includes(id));
  const failures: string[] = [];
  const byStatus: Record<string, number> = {};
  for (let i = 0; i < requests; i++) {
    const [id, route] = routes[i % routes.length] ?? [];
    if (!id || !route) break;
    const request = madeUp(route, random, ids);
    const response = await fetch(`${url}${request.path}`, {
      method: route.method,
      redirect: 'manual',
      headers: { origin: url, 'content-type': request.contentType, 'if-match': '"1"', ...headers },
      ...(request.body !== undefined && { body: request.body }),
    });
    await response.arrayBuffer();
    byStatus[response.status] = (byStatus[response.status] ?? 0) + 1;
    if (response.status >= 500 && response.status !== 503) {
      failures.push(`${id} ${response.status}: ${request.path} ${request.body ?? ''}`.slice(0, 600));
    }
  }
  return { requests, failures, byStatus };
}

function madeUp(route: Route, random: RandomGenerator, ids: readonly string[]) {
  const path = route.path.replace(/:([A-Za-z]+)/g, () =>
    encodeURIComponent(pick(random, [...ids, ...STRINGS]).replace(/[\ud800-\udfff]/g, '?')),
  );
  const query = new URLSearchParams();
  for (const [name, schema] of Object.entries(route.query?.shape ?? {})) {
    if (random.uniform() < 0.7) query.set(name, String(madeValue(jsonSchemaOf(schema), random, ids)));
  }
  const text = query.toString();
  const body = route.body
    ? JSON.stringify(madeValue(jsonSchemaOf(route.body), random, ids))
    : route.upload
      ? `${pick(random, STRINGS)}interval_start,offered\n2026-01-01 00:00,5\n`
      : undefined;
  return {
    path: text === '' ? path : `${path}?${text}`,
    body,
    contentType: route.upload ? 'text/csv' : 'application/json',
  };
}

function jsonSchemaOf(schema: unknown): JsonSchema {
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {};
}

/** A value that mostly fits a schema. */
function madeValue(schema: JsonSchema, random: RandomGenerator, ids: readonly string[], depth = 0): unknown {
  if (random.uniform() < 0.06 || depth > 6)
    return pick(random, [null, '', 0, [], {}, true, ...STRINGS, ...NUMBERS]);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(random, schema.enum);
  const choices = (schema.anyOf ?? schema.oneOf)?.filter(choice => typeof choice === 'object');
  if (choices && choices.length > 0) return madeValue(pick(random, choices), random, ids, depth + 1);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
          typeof part === 'object' && (schema.required?.includes(name) || random.uniform() < 0.5)
            ? [[name, madeValue(part, random, ids, depth + 1)]]
            : [],
        ),
      );
    case 'array': {
      const length = schema.minItems ?? Math.floor(random.uniform() * 3);
      const { items } = schema;
      const part = typeof items === 'object' && !Array.isArray(items) ? items : {};
      return Array.from({ length: Math.min(length, 10) }, () => madeValue(part, random, ids, depth + 1));
    }
    case 'integer':
    case 'number':
      return pick(random, [schema.minimum ?? 0, schema.maximum ?? 1, 1, 7, ...NUMBERS]);
    case 'boolean':
      return random.uniform() < 0.5;
    case 'string':
      return pick(random, [...ids, ...STRINGS, 'Riverside', '2026-05-04']);
    default:
      return pick(random, STRINGS);
  }
}

function pick<Value>(random: RandomGenerator, values: readonly Value[]): Value {
  const value = values[Math.floor(random.uniform() * values.length)];
  if (value === undefined) throw new RangeError('pick requires at least one value');
  return value;
}
