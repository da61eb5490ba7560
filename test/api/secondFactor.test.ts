import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newRecoveryCodes, recoveryCodeHash } from '../../api/auth/recoveryCode.ts';
import { totpCode, totpStep } from '../../api/auth/totp.ts';
import type { Caller } from '../../api/contract/client.ts';
import type { Role } from '../../api/contract/permission.ts';
import { ROUTE_LIST, ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { testEngines } from '../data/databases.ts';
import { createBrowser, PASSWORD, startTestService, type TestService } from './harness.ts';
import { probe } from './probe.ts';

describe('recovery codes', () => {
  it('are ten texts of 136 bits, none like another, recognised however they are typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([A-Z2-7]{4}-){6}[A-Z2-7]{4}$/);
      const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
      expect(recoveryCodeHash(typed)).toBe(recoveryCodeHash(code));
    }
    expect(recoveryCodeHash('123456')).toBeUndefined();
  });
});

describe.each(testEngines)('the second factor on $engine', engine => {
  let service: TestService;
  let now = 1_780_000_000;
  let accounts = 0;

  beforeAll(async () => {
    service = await startTestService(engine, { now: () => now });
  });

  afterAll(() => service.dispose());

  // A code counts once, so each test has time steps of its own.
  beforeEach(() => {
    now += 120;
  });

  async function addAccount(role: Role) {
    const email = `second${++accounts}@example.org`;
    const { id } = await service.administrator.call(ROUTES.createUser, {
      body: {
        name: email,
        email,
        password: PASSWORD,
        grants: [{ role, reach: { kind: 'all' } }],
        agentId: null,
      },
    });
    const signIn = async (code?: string) => {
      const browser = createBrowser(service.url);
      const login = { email, password: PASSWORD, ...(code && { code }) };
      return { browser, answer: await browser.attempt(ROUTES.signIn, { body: login }) };
    };
    return { id, email, signIn };
  }

  const codeOf = (secret: string) => totpCode(secret, totpStep(now));

  async function turnOn(browser: Caller, code?: string) {
    const { secret } = await browser.call(ROUTES.beginSecondFactor, {
      body: { password: PASSWORD, ...(code && { code }) },
    });
    now += 60;
    const { recoveryCodes } = await browser.call(ROUTES.confirmSecondFactor, {
      body: { code: codeOf(secret) },
    });
    now += 60;
    return { secret, recoveryCodes };
  }

  const require = (requireSecondFactor: boolean, who = service.administrator) =>
    who.call(ROUTES.updateSettings, { body: { requireSecondFactor } });

  it('lets a recovery code in once, for one account, and keeps only its hash', async () => {
    const [one, other] = [await addAccount('planner'), await addAccount('planner')];
    const { browser } = await one.signIn();
    const { recoveryCodes } = await turnOn(browser);
    const theirs = await turnOn((await other.signIn()).browser);
    expect(await browser.call(ROUTES.getSecondFactor, {})).toEqual({ enabled: true, recoveryCodesLeft: 10 });
    const [first = '', second = ''] = recoveryCodes;
    expect((await one.signIn(theirs.recoveryCodes[0])).answer.ok).toBe(false);
    expect((await one.signIn(first.toLowerCase())).answer.ok).toBe(true);
    expect((await one.signIn(first)).answer).toMatchObject({
      ok: false,
      problem: { type: '/problems/wrongCredentials' },
    });
    const racing = await Promise.all([one.signIn(second), one.signIn(second)]);
    expect(racing.filter(({ answer }) => answer.ok)).toHaveLength(1);
    expect(await browser.call(ROUTES.getSecondFactor, {})).toMatchObject({ recoveryCodesLeft: 8 });
    const store = openStore(service.databaseUrl);
    const stored = JSON.stringify(await store.db.selectFrom('recoveryCode').selectAll().execute());
    await store.close();
    for (const code of recoveryCodes) expect(stored).not.toContain(code.replaceAll('-', ''));
  });

  it('replaces the recovery codes against password and code', async () => {
    const account = await addAccount('planner');
    const { browser } = await account.signIn();
    const { secret, recoveryCodes } = await turnOn(browser);
    const renew = (body: { password: string; code?: string }) =>
      browser.attempt(ROUTES.renewRecoveryCodes, { body });
    expect((await renew({ password: PASSWORD })).ok).toBe(false);
    expect((await renew({ password: 'wrong wrong wrong', code: codeOf(secret) })).ok).toBe(false);
    const renewed = await renew({ password: PASSWORD, code: codeOf(secret) });
    if (!renewed.ok) throw new Error(renewed.problem.title);
    expect((await account.signIn(recoveryCodes[0])).answer.ok).toBe(false);
    expect((await account.signIn(renewed.value.recoveryCodes[0])).answer.ok).toBe(true);
  });

  it('keeps the present factor until a new one is confirmed, and asks for it to change or remove it', async () => {
    const account = await addAccount('planner');
    const { browser } = await account.signIn();
    const { secret } = await turnOn(browser);
    const other = await account.signIn(codeOf(secret));
    expect(other.answer.ok).toBe(true);
    expect(await browser.attempt(ROUTES.beginSecondFactor, { body: { password: PASSWORD } })).toMatchObject({
      ok: false,
      problem: { type: '/problems/secondFactorRequired' },
    });
    now += 60;
    const begun = await browser.call(ROUTES.beginSecondFactor, {
      body: { password: PASSWORD, code: codeOf(secret) },
    });
    now += 60;
    expect((await account.signIn(codeOf(begun.secret))).answer.ok).toBe(false);
    expect((await account.signIn(codeOf(secret))).answer.ok).toBe(true);
    now += 60;
    await browser.call(ROUTES.confirmSecondFactor, { body: { code: codeOf(begun.secret) } });
    expect((await other.browser.attempt(ROUTES.getMe, {})).ok).toBe(false);
    now += 60;
    expect((await account.signIn(codeOf(secret))).answer.ok).toBe(false);
    const remove = (code?: string) =>
      browser.attempt(ROUTES.removeSecondFactor, { body: { password: PASSWORD, ...(code && { code }) } });
    expect((await remove()).ok).toBe(false);
    expect((await remove(codeOf(begun.secret))).ok).toBe(true);
    expect((await account.signIn()).answer.ok).toBe(true);
  });

  it('puts the session under a new secret whenever somebody proves anew who asks', async () => {
    const account = await addAccount('planner');
    const { browser } = await account.signIn();
    const seen: Readonly<Record<string, string>>[] = [browser.headers()];
    const begun = await browser.call(ROUTES.beginSecondFactor, { body: { password: PASSWORD } });
    seen.push(browser.headers());
    await browser.call(ROUTES.confirmSecondFactor, { body: { code: codeOf(begun.secret) } });
    seen.push(browser.headers());
    const proof = () => {
      now += 60;
      return { password: PASSWORD, code: codeOf(begun.secret) };
    };
    await browser.call(ROUTES.renewRecoveryCodes, { body: proof() });
    seen.push(browser.headers());
    await browser.call(ROUTES.removeSecondFactor, { body: proof() });
    for (const headers of seen) expect((await fetch(`${service.url}/api/me`, { headers })).status).toBe(401);
    expect((await browser.call(ROUTES.listSessions, {})).items).toHaveLength(1);
  });

  it('slows guesses at the password behind a stolen session', async () => {
    const account = await addAccount('planner');
    const { browser } = await account.signIn();
    const statuses: number[] = [];
    for (let i = 0; i < 14; i++) {
      const guess = await browser.attempt(ROUTES.beginSecondFactor, { body: { password: `guess ${i}` } });
      statuses.push(guess.ok ? 200 : guess.problem.status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual(Array.from({ length: 4 }, () => 429));
    // The address has failed often by now; the other tests start from a clean window of 900 s.
    now += 901;
  });

  it('is asked of administrators where the settings say so: until it is set up they may do nothing else', async () => {
    const account = await addAccount('administrator');
    const planner = await addAccount('planner');
    const { browser } = await account.signIn();
    const { secret: token } = await browser.call(ROUTES.createToken, {
      body: { name: 'script', permissions: ['centre.read'], siteIds: null, expiresInDays: 1 },
    });
    await require(true);
    const { answer, browser: fresh } = await account.signIn();
    expect(answer).toMatchObject({ ok: true, value: { secondFactorMissing: true, permissions: [] } });
    const open: string[] = [];
    for (const [id, route] of ROUTE_LIST) {
      if (id === 'signOut') continue;
      const { type } = await probe(service.url, route, fresh.headers());
      if (type !== '/problems/secondFactorMissing') open.push(id);
    }
    const expected = ROUTE_LIST.filter(
      ([id, route]) => id !== 'signOut' && (route.permission === 'public' || route.beforeSecondFactor),
    ).map(([id]) => id);
    expect(open).toEqual(expected);
    expect(open).toEqual(expect.arrayContaining(['getMe', 'beginSecondFactor', 'confirmSecondFactor']));
    expect(open).not.toContain('changePassword');
    const older = await probe(service.url, ROUTES.listUsers, browser.headers());
    expect(older).toMatchObject({ status: 403, type: '/problems/secondFactorMissing' });
    const byToken = await probe(service.url, ROUTES.listQueues, { authorization: `Bearer ${token}` });
    expect(byToken.type).toBe('/problems/secondFactorMissing');
    expect((await planner.signIn()).answer).toMatchObject({ value: { secondFactorMissing: false } });
    const { secret } = await turnOn(fresh);
    expect(await fresh.call(ROUTES.getMe, {})).toMatchObject({
      secondFactor: true,
      secondFactorMissing: false,
    });
    await fresh.call(ROUTES.listUsers, {});
    const refused = await fresh.attempt(ROUTES.removeSecondFactor, {
      body: { password: PASSWORD, code: codeOf(secret) },
    });
    expect(refused).toMatchObject({ ok: false, problem: { type: '/problems/wrongState' } });
    await require(false, fresh);
  });

  it('is taken off the account of somebody who lost phone and codes by another administrator', async () => {
    const account = await addAccount('administrator');
    const { browser } = await account.signIn();
    await turnOn(browser);
    await service.administrator.call(ROUTES.updateUser, {
      params: { id: account.id },
      body: { resetSecondFactor: true },
    });
    expect((await browser.attempt(ROUTES.getMe, {})).ok).toBe(false);
    expect((await account.signIn()).answer.ok).toBe(true);
    const { items } = await service.administrator.call(ROUTES.searchAudit, {
      query: { subjectId: account.id, action: 'user.update' },
    });
    expect(items[0]?.detail).toMatchObject({ resetSecondFactor: true });
  });
});
