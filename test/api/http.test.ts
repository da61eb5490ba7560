import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { toCsv } from '../../data/export/csv.ts';
import { testEngines } from '../data/databases.ts';
import { addCentre, type Centre } from './centre.ts';
import { PASSWORD, startTestService, type TestService } from './harness.ts';
import { raw } from './raw.ts';

describe.each(testEngines.slice(0, 1))('the HTTP surface', engine => {
  let service: TestService;
  let centre: Centre;
  const json = { 'content-type': 'application/json' };

  beforeAll(async () => {
    service = await startTestService(engine);
    centre = await addCentre(service.administrator);
  });

  afterAll(() => service.dispose());

  it('refuses changes that another site asks for', async () => {
    const body = JSON.stringify({ email: 'x@example.org', password: PASSWORD });
    const attempt = (headers: Readonly<Record<string, string>>) =>
      raw(service.url, '/api/session', { ...json, ...headers }, 'POST', body);
    expect((await attempt({ 'sec-fetch-site': 'cross-site', origin: service.url })).status).toBe(403);
    expect((await attempt({ 'sec-fetch-site': 'same-site', origin: service.url })).status).toBe(403);
    expect((await attempt({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await attempt({})).status).toBe(403);
    expect((await attempt({ 'sec-fetch-site': 'same-origin' })).status).toBe(401);
    expect((await attempt({ origin: service.url })).status).toBe(401);
  });

  it('refuses a Host that does not name this machine', async () => {
    expect((await raw(service.url, '/api/version', { host: 'attacker.example' })).status).toBe(403);
    expect((await raw(service.url, '/api/version', { host: 'localhost:1' })).status).toBe(200);
  });

  it.each(['/', '/schedule/x', '/api/version', '/api/nothing', '/assets/nothing.js', '/api/queues'])(
    'sends the security headers with %s',
    async path => {
      const { headers, status } = await raw(service.url, path, { accept: 'text/html' });
      expect(status).toBeLessThan(500);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(String(headers['x-request-id'])).toMatch(/^[0-9a-f-]{36}$/);
      if (path.startsWith('/api')) expect(headers['cache-control']).toBe('no-store');
    },
  );

  it('does not leave its folder for any path', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../package.json',
      '/assets/..%5c..%5cpackage.json',
      '/.git/config',
      '/assets/%00',
      '//etc/passwd',
    ]) {
      const { status, text } = await raw(service.url, path);
      expect(text, path).not.toContain('"coverline"');
      expect(text, path).not.toContain('root:');
      expect([200, 400, 404], path).toContain(status);
    }
  });

  it('keeps prototypes clean and refuses fields that it does not know', async () => {
    const { browserHeaders } = await signedIn(service);
    const polluted = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"name":"x"}';
    const { status } = await raw(
      service.url,
      `/api/sites/${centre.siteId}`,
      { ...json, ...browserHeaders },
      'PATCH',
      polluted,
    );
    expect(status).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
    const extra = await raw(
      service.url,
      `/api/sites/${centre.siteId}`,
      { ...json, ...browserHeaders },
      'PATCH',
      '{"name":"x","isSample":true}',
    );
    expect(extra.status).toBe(400);
  });

  it('bounds bodies, packed or not, and asks for JSON', async () => {
    const { browserHeaders } = await signedIn(service);
    const send = (headers: Readonly<Record<string, string>>, body: string | Buffer) =>
      raw(service.url, `/api/sites/${centre.siteId}`, { ...browserHeaders, ...headers }, 'PATCH', body);
    expect((await send(json, `{"name":"${'x'.repeat(1_100_000)}"}`)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20));
    expect((await send({ ...json, 'content-encoding': 'gzip' }, bomb)).status).toBe(413);
    expect((await send({ 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    expect((await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'name=x')).status).toBe(415);
    expect((await send(json, '{"name":')).status).toBe(400);
    expect((await send(json, '[]')).status).toBe(400);
  });

  it('refuses opening hours that end before they begin, and says where', async () => {
    const answer = await service.administrator.attempt(ROUTES.putSpecialDay, {
      body: {
        siteId: centre.siteId,
        queueId: null,
        date: '2026-12-24',
        name: 'Christmas Eve',
        kind: 'event',
        hours: [{ startMinute: 720, endMinute: 480 }],
      },
    });
    expect(answer).toMatchObject({
      ok: false,
      problem: { status: 400, detail: 'body.hours.0: must end after it starts' },
    });
  });

  it('knows no method but those of its routes', async () => {
    for (const method of ['TRACE', 'OPTIONS', 'PROPFIND']) {
      const { status, text } = await raw(service.url, '/api/version', { 'x-canary': 'echo me' }, method);
      expect([403, 404, 405], method).toContain(status);
      expect(text, method).not.toContain('echo me');
    }
  });

  it('asks for the revision and refuses a stale one', async () => {
    const queue = await service.administrator.attempt(ROUTES.getQueue, { params: { id: centre.queueId } });
    if (!queue.ok) throw new Error(queue.problem.title);
    const { browserHeaders } = await signedIn(service);
    const path = `/api/queues/${centre.queueId}`;
    expect((await raw(service.url, path, { ...json, ...browserHeaders }, 'PATCH', '{}')).status).toBe(428);
    expect(queue.revision).toBe('1');
    const changed = await service.administrator.attempt(ROUTES.updateQueue, {
      params: { id: centre.queueId },
      body: { shortAbandonSeconds: 7 },
      ifMatch: '1',
    });
    expect(changed).toMatchObject({ ok: true, revision: '2' });
    const stale = await service.administrator.attempt(ROUTES.updateQueue, {
      params: { id: centre.queueId },
      body: { shortAbandonSeconds: 8 },
      ifMatch: '1',
    });
    expect(stale).toMatchObject({ ok: false, problem: { status: 412, current: { revision: 2 } } });
  });

  it('stores SQL, markup and control characters as the text that they are', async () => {
    const name = `Robert'); drop table queue;-- <script>alert(1)</script> \u202e`;
    const team = await service.administrator.call(ROUTES.createTeam, {
      body: { siteId: centre.siteId, name },
    });
    expect(team.name).toBe(name.trim());
    const { items } = await service.administrator.call(ROUTES.listTeams, { query: {} });
    expect(items.map(one => one.name)).toContain(name.trim());
    expect((await service.administrator.call(ROUTES.listQueues, { query: {} })).items).toHaveLength(1);
  });

  it('names no file in a header that could break out of it', async () => {
    const upload = await service.administrator.attempt(ROUTES.uploadImport, {
      query: { fileName: 'a"\r\nset-cookie: x=y.csv', siteId: centre.siteId },
      upload: 'interval_start,offered\n',
    });
    expect(upload.ok).toBe(true);
    const team = await service.administrator.attempt(ROUTES.downloadHistory, {
      query: { queueId: centre.queueId, from: 0, to: 900, format: 'csv' },
    });
    if (!team.ok) throw new Error(team.problem.title);
    expect(team.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.() -]+"; filename\*=UTF-8''/,
    );
  });

  it('writes no cell that a spreadsheet would run', () => {
    const risky = ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', '=HYPERLINK("http://x")'];
    const csv = toCsv({ headers: ['a', 'b'], rows: risky.map((text, i) => [text, -i]) });
    for (const line of csv.trim().split('\r\n').slice(1)) expect(line).toMatch(/^"?'/);
    expect(csv).toContain(',-3');
  });

  it('answers errors as problem+json with the request id and no inside knowledge', async () => {
    const { status, headers, text } = await raw(service.url, '/api/nothing');
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(text)).toEqual({
      type: '/problems/notFound',
      title: expect.any(String),
      status: 404,
      requestId: headers['x-request-id'],
    });
  });

  it('is alive and ready, and shows its metrics to administrators only', async () => {
    expect((await raw(service.url, '/livez')).status).toBe(200);
    expect(await service.anonymous.call(ROUTES.getReadiness, {})).toEqual({ status: 'ready' });
    expect((await raw(service.url, '/metrics')).status).toBe(401);
    const metrics = await service.administrator.call(ROUTES.getMetrics, {});
    const text = await metrics.text();
    expect(text).toContain('coverline_http_request_seconds_count');
    expect(text).not.toContain(centre.queueId);
  });
});

async function signedIn(service: TestService): Promise<{ browserHeaders: Readonly<Record<string, string>> }> {
  const { ADMINISTRATOR } = await import('./harness.ts');
  const response = await fetch(`${service.url}/api/session`, {
    method: 'POST',
    headers: { origin: service.url, 'content-type': 'application/json' },
    body: JSON.stringify({ email: ADMINISTRATOR.email, password: PASSWORD }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { browserHeaders: { cookie, origin: service.url } };
}
