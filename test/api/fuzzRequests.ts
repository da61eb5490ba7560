import { totpCode, totpStep } from '../../api/auth/totp.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { createRandom } from '../../forecasting/calendar/random.ts';
import { addCentre } from './centre.ts';
import { addEverything } from './everything.ts';
import { PASSWORD, type TestService } from './harness.ts';
import { type Maker, makeRequest, pick } from './requestMaker.ts';

/** What a run of made-up requests showed. */
export interface FuzzReport {
  readonly requests: number;
  /** Answers of 500 and above but 503, with the request that brought them. */
  readonly failures: readonly string[];
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Ends the session, or begins long work that the run would only wait for. */
const LEFT_OUT: readonly string[] = ['signOut', 'loadSample', 'startBackup', 'followJob', 'setUp'];
/** How much of a request is wrong: nothing, a part here and there, or much of it. */
const HOSTILITIES = [0, 0.03, 0.06, 0.3];
const DEADLINE_MILLISECONDS = 60_000;

/**
 * Fuzzes a service that has one of everything. The administrator has a second factor, so that a made-up setting that
 * asks for one does not shut every other request out.
 */
export async function fuzzService(service: TestService, requests: number, seed: number): Promise<FuzzReport> {
  const { administrator } = service;
  const begun = await administrator.call(ROUTES.beginSecondFactor, { body: { password: PASSWORD } });
  const code = totpCode(begun.secret, totpStep(Date.now() / 1000));
  await administrator.call(ROUTES.confirmSecondFactor, { body: { code } });
  const centre = await addCentre(administrator);
  const owned = await addEverything(service, centre, centre.agentIds.slice(0, 2));
  const { permissions } = await administrator.call(ROUTES.getMe, {});
  const { secret } = await administrator.call(ROUTES.createToken, {
    body: { name: 'fuzz', permissions, siteIds: null, expiresInDays: 1 },
  });
  const headers = { authorization: `Bearer ${secret}` };
  return fuzzRequests(service.url, headers, requests, seed, Object.values(owned));
}

/** Sends requests made from the routes' own schemas, mostly nearly right, and collects answers that nobody expects. */
async function fuzzRequests(
  url: string,
  headers: Readonly<Record<string, string>>,
  requests: number,
  seed: number,
  ids: readonly string[],
): Promise<FuzzReport> {
  const random = createRandom(seed);
  const routes = ROUTE_LIST.filter(([id]) => !LEFT_OUT.includes(id));
  const failures: string[] = [];
  const byStatus: Record<string, number> = {};
  for (let i = 0; i < requests; i++) {
    const [id, route] = routes[i % routes.length] ?? [];
    if (!id || !route) break;
    const maker: Maker = { random, ids, hostility: pick({ random }, HOSTILITIES) };
    const request = makeRequest(route, maker);
    const response = await fetch(`${url}${request.path}`, {
      method: route.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MILLISECONDS),
      headers: { origin: url, 'content-type': request.contentType, 'if-match': '"1"', ...headers },
      ...(request.body !== undefined && { body: request.body }),
    });
    await response.arrayBuffer();
    byStatus[response.status] = (byStatus[response.status] ?? 0) + 1;
    if (response.status >= 500 && response.status !== 503) {
      failures.push(`${id} ${response.status}: ${request.path} ${request.body ?? ''}`.slice(0, 2000));
    }
  }
  return { requests, failures, byStatus };
}
