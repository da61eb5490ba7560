import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../api/auth/openIdConnect.ts';
import { type RunningServer, startServer } from '../../api/server.ts';

const CLIENT_ID = 'coverline';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangersKey: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

type Claims = Readonly<Record<string, unknown>>;

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(claims: Claims, key: KeyObject | null, header: Claims): string {
  const body = `${encoded(header)}.${encoded(claims)}`;
  const signature =
    key === null
      ? ''
      : sign('RSA-SHA256', Buffer.from(body), createPrivateKey(key.export({ format: 'pem', type: 'pkcs8' })));
  return `${body}.${signature === '' ? '' : signature.toString('base64url')}`;
}

/** A provider that answers every code with whatever identity token it was told to. */
async function startLiar(
  tokenOf: () => string,
  metadata: Claims = {},
): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' };
  const answers: Readonly<Record<string, () => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      ...metadata,
    }),
    '/jwks': () => ({ keys: [jwk] }),
    '/token': () => ({ access_token: 'x', token_type: 'bearer', expires_in: 60, id_token: tokenOf() }),
  };
  server.on('request', (request, response) => {
    const answer = answers[new URL(request.url ?? '', issuer).pathname]?.();
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  return { issuer, server };
}

function providerAt(issuer: string): IdentityProvider {
  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret: 'a secret of at least some length',
    label: 'Sign in',
    redirectUrl: 'http://127.0.0.1/api/sso/callback',
    groupsClaim: 'groups',
    grants: { planners: [{ role: 'planner', reach: { kind: 'all' } }] },
  };
}

describe('a provider', () => {
  it.each([
    ['that calls itself by another name', { issuer: 'https://evil.example' }],
    ['that says nothing of itself', { issuer: undefined }],
  ])('%s is not used, and the sign-in page says so', async (_, change) => {
    const liar = await startLiar(() => '', change);
    const server = await startServer({
      databaseUrl: ':memory:',
      port: 0,
      logLevel: 'silent',
      identityProvider: providerAt(liar.issuer),
    });
    try {
      const answer = await fetch(`${server.url}/api/sso/start`, { redirect: 'manual' });
      expect(answer.headers.get('location')).toBe('/?sso=unavailable');
    } finally {
      await server.close();
      liar.server.close();
    }
  });
});

describe('an identity token', () => {
  let server: RunningServer;
  let liar: { issuer: string; server: Server };
  let token = '';

  beforeAll(async () => {
    liar = await startLiar(() => token);
    server = await startServer({
      databaseUrl: ':memory:',
      port: 0,
      logLevel: 'silent',
      identityProvider: providerAt(liar.issuer),
    });
  });

  afterAll(async () => {
    await server.close();
    liar.server.close();
  });

  /** Where a sign-in ends whose token has these claims in place of the right ones. */
  async function endOf(
    change: Claims,
    key: KeyObject | null = privateKey,
    header: Claims = { alg: 'RS256', kid: 'k' },
  ) {
    const begun = await fetch(`${server.url}/api/sso/start`, { redirect: 'manual' });
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const now = Math.floor(Date.now() / 1000);
    const right = {
      iss: liar.issuer,
      aud: CLIENT_ID,
      sub: 'somebody',
      iat: now,
      exp: now + 60,
      nonce: asked.get('nonce'),
      groups: ['planners'],
    };
    token = jwt({ ...right, ...change }, key, header);
    const back = `${server.url}/api/sso/callback?code=x&state=${asked.get('state')}`;
    const answer = await fetch(back, { redirect: 'manual', headers: { cookie } });
    return answer.headers.get('location');
  }

  it('that is right lets in', async () => {
    expect(await endOf({})).toBe('/');
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  it.each([
    ['signed by another key', {}, strangersKey, undefined],
    ['unsigned', {}, null, { alg: 'none' }],
    ['with its signature cut off', {}, null, undefined],
    ['signed as if the public key were a secret', {}, privateKey, { alg: 'HS256', kid: 'k' }],
    ['of another issuer', { iss: 'https://evil.example' }, undefined, undefined],
    ['meant for another client', { aud: 'someone-else' }, undefined, undefined],
    ['that has expired', { iat: past, exp: past + 60 }, undefined, undefined],
    ['answering another sign-in', { nonce: 'another' }, undefined, undefined],
    ['without a nonce', { nonce: undefined }, undefined, undefined],
    ['without a subject', { sub: undefined }, undefined, undefined],
  ])('%s is refused', async (_, change, key, header) => {
    expect(await endOf(change, key, header)).toBe('/?sso=refused');
  });
});
