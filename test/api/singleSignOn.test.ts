import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../api/auth/openIdConnect.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { quietPort } from '../bench/drill/quietPort.ts';
import { testEngines } from '../data/databases.ts';
import { createBrowser, startTestService, type TestService } from './harness.ts';

const PORT = await quietPort();
const SERVICE = `http://127.0.0.1:${PORT}`;
const CLIENT = { client_id: 'coverline', client_secret: 'a secret of at least some length' };

/** A real provider with its built-in sign-in pages; whoever signs in as `planner-…` is in the group of planners. */
async function startProvider(): Promise<{ issuer: string; server: Server }> {
  const { createServer } = await import('node:http');
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`${SERVICE}/api/sso/callback`], response_types: ['code'] }],
    claims: { openid: ['sub', 'groups'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: `Name of ${id}`,
        email: `${id}@example.org`,
        groups: id.startsWith('planner') ? ['wfm-planners'] : ['everyone'],
      }),
    }),
  });
  server.on('request', provider.callback());
  return { issuer, server };
}

/** Walks through the provider's pages as a person would and returns the address it sends the browser back to. */
async function signInAtProvider(location: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = location;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20; step++) {
    if (url.startsWith(SERVICE)) return url;
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    form = undefined;
    const next = response.headers.get('location');
    if (next !== null) {
      url = new URL(next, url).href;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined)
      throw new Error(`the provider shows an unknown page: ${page.slice(0, 300)}`);
    url = new URL(action, url).href;
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error('the provider never sent the browser back');
}

describe.each(testEngines)('single sign-on on $engine', engine => {
  let service: TestService;
  let provider: { issuer: string; server: Server };

  beforeAll(async () => {
    provider = await startProvider();
    const identityProvider: IdentityProvider = {
      issuer: provider.issuer,
      clientId: CLIENT.client_id,
      clientSecret: CLIENT.client_secret,
      label: 'Sign in with Riverside',
      redirectUrl: `${SERVICE}/api/sso/callback`,
      groupsClaim: 'groups',
      grants: { 'wfm-planners': [{ role: 'planner', reach: { kind: 'all' } }] },
    };
    service = await startTestService(engine, { port: PORT, identityProvider });
  });

  afterAll(async () => {
    await service.dispose();
    provider.server.closeAllConnections();
    provider.server.close();
  });

  async function begin(): Promise<{ location: string; cookie: string }> {
    const response = await fetch(`${service.url}/api/sso/start`, { redirect: 'manual' });
    return {
      location: response.headers.get('location') ?? '',
      cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    };
  }

  const comeBack = (url: string, cookie: string) => fetch(url, { redirect: 'manual', headers: { cookie } });

  it('is offered', async () => {
    const setup = await createBrowser(service.url).call(ROUTES.getSetup, {});
    expect(setup.singleSignOn).toEqual({ label: 'Sign in with Riverside' });
  });

  it('signs in a person of a known group, with an account by issuer and subject', async () => {
    const { location, cookie } = await begin();
    expect(new URL(location).searchParams.get('code_challenge_method')).toBe('S256');
    const back = await signInAtProvider(location, 'planner-1');
    const answer = await comeBack(back, cookie);
    expect(answer.headers.get('location')).toBe('/');
    // The provider's tokens, which all begin so, stay on the server.
    expect(JSON.stringify([...answer.headers]) + (await answer.text())).not.toContain('eyJ');
    const session = answer.headers.getSetCookie().find(one => one.startsWith('coverline=')) ?? '';
    const me: unknown = await (
      await fetch(`${service.url}/api/me`, { headers: { cookie: session.split(';')[0] ?? '' } })
    ).json();
    expect(me).toMatchObject({
      email: 'planner-1@example.org',
      grants: [{ role: 'planner', reach: { kind: 'all' } }],
    });
    const replayed = await comeBack(back, cookie);
    expect(replayed.headers.get('location')).toBe('/?sso=refused');
  });

  it('never joins a provider’s identity to a local account of the same address', async () => {
    await service.administrator.call(ROUTES.createUser, {
      body: {
        name: 'Local',
        email: 'planner-2@example.org',
        password: 'somebody else entirely',
        grants: [{ role: 'administrator', reach: { kind: 'all' } }],
        agentId: null,
      },
    });
    const { location, cookie } = await begin();
    await comeBack(await signInAtProvider(location, 'planner-2'), cookie);
    const { items } = await service.administrator.call(ROUTES.listUsers, {});
    const named = items.filter(user => user.email.startsWith('planner-2@'));
    expect(named).toHaveLength(2);
  });

  it('refuses people of no known group, other people’s states, and answers without one', async () => {
    const stranger = await begin();
    const strangerBack = await signInAtProvider(stranger.location, 'visitor');
    expect((await comeBack(strangerBack, stranger.cookie)).headers.get('location')).toBe('/?sso=refused');
    const mine = await begin();
    const theirs = await begin();
    const back = await signInAtProvider(mine.location, 'planner-3');
    expect((await comeBack(back, theirs.cookie)).headers.get('location')).toBe('/?sso=refused');
    expect((await comeBack(back, '')).headers.get('location')).toBe('/?sso=refused');
    expect(
      (await comeBack(`${SERVICE}/api/sso/callback?code=x&state=y`, mine.cookie)).headers.get('location'),
    ).toBe('/?sso=refused');
  });
});
