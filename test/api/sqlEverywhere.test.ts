import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../api/contract/route.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre } from './centre.ts';
import { addEverything, type Owned } from './everything.ts';
import { startTestService, type TestService } from './harness.ts';
import { jsonSchemaOf, makeValue } from './requestMaker.ts';

const SQL = `x'); drop table queue; delete from site where '1'='1' or ('`;
const LEFT_OUT: readonly string[] = [
  'signOut',
  'setUp',
  'loadSample',
  'removeSample',
  'startBackup',
  'followJob',
];

/** Every value of the same shape with one of its texts replaced. */
function withSql(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [SQL];
  if (Array.isArray(value)) {
    return value.flatMap((part, i) => withSql(part).map(changed => value.with(i, changed)));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    withSql(part).map(changed => ({ ...value, [name]: changed })),
  );
}

describe.each(testEngines)('SQL in every text on $engine', { timeout: 120_000 }, engine => {
  let service: TestService;
  let owned: Owned;

  beforeAll(async () => {
    service = await startTestService(engine);
    const centre = await addCentre(service.administrator);
    owned = await addEverything(service, centre, centre.agentIds.slice(0, 2));
  });

  afterAll(() => service.dispose());

  async function send(route: Route, path: string, body?: unknown): Promise<number> {
    const headers = {
      ...service.administrator.headers(),
      origin: service.url,
      'content-type': 'application/json',
      'if-match': '"1"',
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${service.url}${path}`, {
      method: route.method,
      redirect: 'manual',
      headers,
      ...sent,
    });
    await response.arrayBuffer();
    return response.status;
  }

  it('is text: nothing breaks and nothing is gone', async () => {
    const sql = encodeURIComponent(SQL);
    let tried = 0;
    for (const [id, route] of ROUTE_LIST) {
      if (LEFT_OUT.includes(id)) continue;
      const prefix = Object.keys(owned).find(start => route.path.startsWith(`${start}/:id`));
      const path = route.path.replace(/:([A-Za-z]+)/g, () =>
        prefix === undefined ? 'x' : (owned[prefix] ?? 'x'),
      );
      const attempts: (readonly [string, unknown])[] = [];
      if (route.path.includes(':')) attempts.push([route.path.replace(/:[A-Za-z]+/g, sql), undefined]);
      const names = Object.keys(route.query?.shape ?? {});
      for (const name of names) attempts.push([`${path}?${name}=${sql}`, undefined]);
      if (route.body && route.method !== 'DELETE') {
        const maker = { random: createRandom(11), ids: Object.values(owned), hostility: 0 };
        for (const body of withSql(makeValue(jsonSchemaOf(route.body), maker))) attempts.push([path, body]);
      }
      for (const [address, body] of attempts) {
        expect(await send(route, address, body), `${id} ${address} ${JSON.stringify(body)}`).toBeLessThan(
          500,
        );
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(300);
    const { items: queues } = await service.administrator.call(ROUTES.listQueues, { query: {} });
    const { items: sites } = await service.administrator.call(ROUTES.listSites, {});
    expect(queues.map(queue => queue.id)).toContain(owned['/api/queues']);
    expect(sites.map(site => site.id)).toContain(owned['/api/sites']);
  });
});
