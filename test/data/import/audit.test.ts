import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../data/db/connect.ts';
import { searchAudit, verifyAudit } from '../../../data/store/audit.ts';
import { asOwner, openTestStore, type TestStore, testEngines } from '../databases.ts';
import { importText, makeCentre, stored } from './centre.ts';

const FILE = 'Start,Offered\n2026-03-04 09:00,5\n2026-03-04 09:15,6\n';

describe.each(testEngines)('the audit entry of an import on $engine', engine => {
  let test: TestStore;
  let store: Store;

  beforeAll(async () => {
    test = await openTestStore(engine);
    store = test.store;
  });

  afterAll(() => test.dispose());

  it('says which file changed what, in the chain; importing it again leaves none', async () => {
    const centre = await makeCentre(store);
    const outcome = await importText(centre, FILE);
    if (outcome.kind !== 'committed') throw new Error(outcome.kind);
    const [entry] = await searchAudit(store.db, 'all', { limit: 1 });
    expect(entry).toMatchObject({
      action: 'import.committed',
      subjectKind: 'import',
      subjectId: outcome.batchId,
      detail: { rowsNew: 2, rowsChanged: 0, rowsSame: 0 },
    });
    expect((await importText(centre, FILE)).kind).toBe('unchanged');
    expect((await searchAudit(store.db, 'all', { limit: 1 }))[0]?.sequence).toBe(entry?.sequence);
    expect((await verifyAudit(store.db)).kind).toBe('whole');
  });

  it('is part of the import: without it nothing is written', async () => {
    const centre = await makeCentre(store);
    await asOwner(store, 'alter table audit_event rename to audit_event_away');
    await expect(importText(centre, FILE)).rejects.toThrow();
    await asOwner(store, 'alter table audit_event_away rename to audit_event');
    expect(await stored(centre)).toEqual([]);
    expect((await importText(centre, FILE)).kind).toBe('committed');
  });
});
