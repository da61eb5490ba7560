import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../api/server.ts';
import { ADMINISTRATOR } from './harness.ts';
import { raw } from './raw.ts';

const PUBLIC_URL = 'https://wfm.example.org';

describe('behind a proxy with https', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer({
      databaseUrl: ':memory:',
      port: 0,
      logLevel: 'silent',
      publicUrl: PUBLIC_URL,
      trustProxy: ['127.0.0.1'],
    });
  });

  afterAll(() => server.close());

  const from = { host: 'wfm.example.org', origin: PUBLIC_URL, 'content-type': 'application/json' };

  it('carries the host prefix and Secure on https, and asks browsers to stay there', async () => {
    const { status, headers } = await raw(
      server.url,
      '/api/setup',
      from,
      'POST',
      JSON.stringify(ADMINISTRATOR),
    );
    expect(status).toBe(201);
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-coverline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/,
    );
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it('takes the cookie under its own name only, and no other host', async () => {
    const cookie = 'coverline=anything';
    expect((await raw(server.url, '/api/me', { ...from, cookie })).status).toBe(401);
    expect((await raw(server.url, '/api/version', { host: 'other.example.org' })).status).toBe(403);
  });
});
