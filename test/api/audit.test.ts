import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { openStore } from '../../data/db/connect.ts';
import { asOwner, testEngines } from '../data/databases.ts';
import { addCentre } from './centre.ts';
import { createBrowser, startTestService, type TestService } from './harness.ts';

describe.each(testEngines)('the audit trail on $engine', engine => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(engine);
  });

  afterAll(() => service.dispose());

  const actions = async () =>
    (await service.administrator.call(ROUTES.searchAudit, { query: { limit: 500 } })).items.map(
      ({ action, outcome }) => `${action} ${outcome}`,
    );

  it('holds every change, sign-in, failure, denial and export, with who and what', async () => {
    const centre = await addCentre(service.administrator);
    await createBrowser(service.url).attempt(ROUTES.signIn, {
      body: { email: 'nobody@example.org', password: 'nothing at all' },
    });
    const director = await service.signInAs([{ role: 'director', reach: { kind: 'all' } }]);
    await director.attempt(ROUTES.createTeam, { body: { siteId: centre.siteId, name: 'x' } });
    await service.administrator.call(ROUTES.downloadHistory, {
      query: { queueId: centre.queueId, from: 0, to: 900, format: 'csv' },
    });
    const found = await actions();
    expect(found).toEqual(
      expect.arrayContaining([
        'setup done',
        'site.create done',
        'queue.create done',
        'agent.create done',
        'user.create done',
        'session.start done',
        'session.start failed',
        'createTeam denied',
        'queue.export done',
      ]),
    );
    const { items } = await service.administrator.call(ROUTES.searchAudit, {
      query: { action: 'site.', limit: 10 },
    });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ actorName: 'Ada', subjectId: centre.siteId, outcome: 'done' });
    expect(items[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('holds no secret', async () => {
    const { items } = await service.administrator.call(ROUTES.searchAudit, { query: { limit: 500 } });
    expect(JSON.stringify(items)).not.toMatch(/correct horse|argon2|wfm_/);
  });

  it('writes nothing when the change itself fails', async () => {
    const before = (await actions()).length;
    const answer = await service.administrator.attempt(ROUTES.createSite, {
      body: { name: 'Riverside', timeZone: 'UTC', currency: 'USD', country: null, region: null },
    });
    expect(answer.ok).toBe(false);
    expect((await actions()).length).toBe(before);
  });

  it('pages back to its beginning', async () => {
    const sequences: number[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { sequence: number }[]; nextCursor: string | null } =
        await service.administrator.call(ROUTES.searchAudit, {
          query: { limit: 7, ...(cursor !== null && { cursor }) },
        });
      sequences.push(...page.items.map(item => item.sequence));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, i) => sequences.length - i));
  });

  it('is whole, and says where when somebody changed it behind the service', async () => {
    const whole = await service.administrator.call(ROUTES.verifyAudit, {});
    expect(whole).toMatchObject({ intact: true, firstBrokenSequence: null });
    const store = openStore(service.databaseUrl);
    try {
      const change = `update audit_event set action = 'nothing' where sequence = 3`;
      await expect(sql.raw(change).execute(store.db)).rejects.toThrow();
      const disable = {
        sqlite: 'drop trigger audit_event_no_update',
        postgres: 'alter table audit_event disable trigger all',
      };
      await asOwner(store, disable[store.engine]);
      await asOwner(store, change);
    } finally {
      await store.close();
    }
    const broken = await service.administrator.call(ROUTES.verifyAudit, {});
    expect(broken).toMatchObject({ intact: false, firstBrokenSequence: 3 });
  });
});
