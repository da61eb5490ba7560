import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../data/db/connect.ts';
import { migrateStore, migrationState } from '../../data/db/migrate.ts';
import type { CommandSpec } from './args.ts';
import { print } from './output.ts';
import { STORE_OPTIONS, shownDatabase, storeSettings } from './settings.ts';

export const migrateCommand: CommandSpec = {
  name: 'migrate',
  summary: 'bring the database up to date',
  options: [
    { name: 'check', help: 'only say what is missing; exit code 1 when anything is' },
    { name: 'without-backup', help: 'PostgreSQL: do not copy the database first; a copy was made otherwise' },
    ...STORE_OPTIONS,
  ],
  run: async input => {
    const { dataDir, databaseUrl } = storeSettings(input);
    mkdirSync(dataDir, { recursive: true });
    const store = openStore(databaseUrl);
    try {
      if (input.has('check')) {
        const { pending } = await migrationState(store);
        await print(pending.length === 0 ? 'up to date\n' : `missing: ${pending.join(', ')}\n`);
        return pending.length === 0 ? 0 : 1;
      }
      const { applied, backupPath } = await migrateStore(store, {
        dumpFolder: input.has('without-backup') ? undefined : join(dataDir, 'backups'),
      });
      if (backupPath !== undefined) await print(`copied to ${backupPath} first\n`);
      await print(
        applied.length === 0
          ? `${shownDatabase(databaseUrl)} is up to date\n`
          : `applied ${applied.join(', ')} to ${shownDatabase(databaseUrl)}\n`,
      );
      return 0;
    } finally {
      await store.close();
    }
  },
};
