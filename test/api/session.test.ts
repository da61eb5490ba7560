import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matchTotp, totpCode, totpStep } from '../../api/auth/totp.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { testEngines } from '../data/databases.ts';
import { ADMINISTRATOR, createBrowser, PASSWORD, startTestService, type TestService } from './harness.ts';

describe('one-time codes', () => {
  // RFC 6238, appendix B: the SHA-1 rows, their last six of eight digits; the secret is "12345678901234567890".
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s is %s', (at, code) => {
    expect(totpCode(secret, totpStep(at))).toBe(code);
    expect(matchTotp(secret, code, at, null)).toBe(totpStep(at));
  });

  it('works once, and one step early or late', () => {
    const code = totpCode(secret, 1000);
    expect(matchTotp(secret, code, 1000 * 30 + 30, null)).toBe(1000);
    expect(matchTotp(secret, code, 1000 * 30 - 30, null)).toBe(1000);
    expect(matchTotp(secret, code, 1000 * 30 + 60, null)).toBeUndefined();
    expect(matchTotp(secret, code, 1000 * 30, 1000)).toBeUndefined();
  });
});

describe.each(testEngines)('sessions on $engine', engine => {
  let service: TestService;
  let now = 1_780_000_000;

  beforeAll(async () => {
    service = await startTestService(engine, { now: () => now });
  });

  afterAll(() => service.dispose());

  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { origin: service.url, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const me = (cookie: string) => fetch(`${service.url}/api/me`, { headers: { cookie } });
  const person = (i: number) => ({
    name: `Person ${i}`,
    email: `p${i}@example.org`,
    password: PASSWORD,
    grants: [{ role: 'planner', reach: { kind: 'all' } } as const],
    agentId: null,
  });

  it('gives each sign-in a secret of its own that no script can read, whatever was sent before', async () => {
    const planted = { cookie: `coverline=${'a'.repeat(43)}` };
    const first = await post('/api/session', ADMINISTRATOR_LOGIN, planted);
    const second = await post('/api/session', ADMINISTRATOR_LOGIN, planted);
    const cookies = [first, second].map(answer => answer.headers.getSetCookie()[0] ?? '');
    expect(cookies[0]).toMatch(/^coverline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    expect(cookies[0]?.split(';')[0]).not.toBe(cookies[1]?.split(';')[0]);
    expect((await me(planted.cookie)).status).toBe(401);
    expect((await me(cookies[0]?.split(';')[0] ?? '')).status).toBe(200);
  });

  it('says the same about a wrong password and an unknown account', async () => {
    const wrong = await post('/api/session', { email: ADMINISTRATOR.email, password: 'wrong wrong wrong' });
    const unknown = await post('/api/session', {
      email: 'nobody@example.org',
      password: 'wrong wrong wrong',
    });
    const bodies = await Promise.all([wrong.json(), unknown.json()]);
    expect(bodies[0]).toMatchObject({ status: 401, title: expect.any(String) });
    expect({ ...Object(bodies[1]), requestId: '' }).toEqual({ ...Object(bodies[0]), requestId: '' });
  });

  it('ends when idle, at its age, on sign-out, on a new password and when the account is disabled', async () => {
    const { id } = await service.administrator.call(ROUTES.createUser, { body: person(1) });
    const browser = createBrowser(service.url);
    const signIn = () =>
      browser.call(ROUTES.signIn, { body: { email: 'p1@example.org', password: PASSWORD } });
    const alive = async () => (await browser.attempt(ROUTES.getMe, {})).ok;
    await signIn();
    now += 59 * 60;
    expect(await alive()).toBe(true);
    now += 59 * 60;
    expect(await alive()).toBe(true);
    now += 61 * 60;
    expect(await alive()).toBe(false);
    await signIn();
    for (let hour = 0; hour < 24; hour++) {
      now += 30 * 60;
      if (hour < 23) expect(await alive()).toBe(true);
    }
    expect(await alive()).toBe(false);
    await signIn();
    await browser.call(ROUTES.signOut, {});
    expect(await alive()).toBe(false);
    await signIn();
    const other = createBrowser(service.url);
    await other.call(ROUTES.signIn, { body: { email: 'p1@example.org', password: PASSWORD } });
    expect((await other.call(ROUTES.listSessions, {})).items.filter(session => session.current)).toHaveLength(
      1,
    );
    const seenBefore = other.headers();
    await other.call(ROUTES.changePassword, {
      body: { currentPassword: PASSWORD, newPassword: 'another long password' },
    });
    expect(await alive()).toBe(false);
    expect((await other.attempt(ROUTES.getMe, {})).ok).toBe(true);
    // The own session goes on under another secret.
    expect(other.headers()).not.toEqual(seenBefore);
    expect((await fetch(`${service.url}/api/me`, { headers: seenBefore })).status).toBe(401);
    const admin = createBrowser(service.url);
    await admin.call(ROUTES.signIn, { body: ADMINISTRATOR_LOGIN });
    await admin.call(ROUTES.updateUser, { params: { id }, body: { disabled: true } });
    expect((await other.attempt(ROUTES.getMe, {})).ok).toBe(false);
  });

  it('asks for a one-time code where one is set up, and takes each code once', async () => {
    const admin = createBrowser(service.url);
    await admin.call(ROUTES.signIn, { body: ADMINISTRATOR_LOGIN });
    await admin.call(ROUTES.createUser, { body: person(2) });
    const browser = createBrowser(service.url);
    const login = { email: 'p2@example.org', password: PASSWORD };
    await browser.call(ROUTES.signIn, { body: login });
    const { secret, uri } = await browser.call(ROUTES.beginSecondFactor, { body: { password: PASSWORD } });
    expect(uri).toContain(`secret=${secret}`);
    expect((await createBrowser(service.url).attempt(ROUTES.signIn, { body: login })).ok).toBe(true);
    await browser.call(ROUTES.confirmSecondFactor, { body: { code: totpCode(secret, totpStep(now)) } });
    const without = await createBrowser(service.url).attempt(ROUTES.signIn, { body: login });
    expect(without).toMatchObject({ ok: false, problem: { type: '/problems/secondFactorRequired' } });
    now += 60;
    const code = totpCode(secret, totpStep(now));
    const attempt = () => createBrowser(service.url).attempt(ROUTES.signIn, { body: { ...login, code } });
    expect((await attempt()).ok).toBe(true);
    expect(await attempt()).toMatchObject({ ok: false, problem: { type: '/problems/wrongCredentials' } });
  });

  it('lets few of many guesses reach the password check, and the owner in after a pause', async () => {
    const admin = createBrowser(service.url);
    await admin.call(ROUTES.signIn, { body: ADMINISTRATOR_LOGIN });
    await admin.call(ROUTES.createUser, { body: person(3) });
    now += 3600;
    const statuses: number[] = [];
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          post(
            '/api/session',
            { email: 'p3@example.org', password: `guess number ${round} ${i}` },
            {
              'x-forwarded-for': `10.0.${round}.${i}`,
            },
          ),
        ),
      );
      statuses.push(...answers.map(answer => answer.status));
    }
    const checked = statuses.filter(status => status === 401).length;
    expect(checked).toBeGreaterThanOrEqual(10);
    // Ten, and the three that may run beside the tenth.
    expect(checked).toBeLessThanOrEqual(13);
    expect(statuses.filter(status => status === 429)).toHaveLength(300 - checked);
    const refused = await post('/api/session', { email: 'p3@example.org', password: PASSWORD });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    now += Number(refused.headers.get('retry-after')) + 1;
    expect((await post('/api/session', { email: 'p3@example.org', password: PASSWORD })).status).toBe(200);
  });

  it('takes no forged cookie or token', async () => {
    for (const value of ['', 'a', 'x'.repeat(43), `${'x'.repeat(42)}=`, '../../etc', '%00', "' or 1=1 --"]) {
      expect((await me(`coverline=${value}`)).status).toBe(401);
      const bearer = { authorization: `Bearer wfm_${value}` };
      expect((await fetch(`${service.url}/api/queues`, { headers: bearer })).status).toBe(401);
    }
  });

  it('keeps at least one administrator', async () => {
    const admin = createBrowser(service.url);
    const signedIn = await admin.call(ROUTES.signIn, { body: ADMINISTRATOR_LOGIN });
    const answer = await admin.attempt(ROUTES.updateUser, {
      params: { id: signedIn.userId },
      body: { disabled: true },
    });
    expect(answer).toMatchObject({ ok: false, problem: { status: 422 } });
    expect((await admin.attempt(ROUTES.getMe, {})).ok).toBe(true);
  });
});

const ADMINISTRATOR_LOGIN = { email: ADMINISTRATOR.email, password: PASSWORD };
