import { existsSync } from 'node:fs';
import { openStore, parseDatabaseUrl } from '../../data/db/connect.ts';
import { migrationState } from '../../data/db/migrate.ts';
import { findAuditHash, verifyAudit } from '../../data/store/audit.ts';
import { CommandError, type CommandInput, type CommandSpec } from './args.ts';
import { OUTPUT_OPTIONS, print, printJson } from './output.ts';
import { STORE_OPTIONS, shownDatabase, storeSettings } from './settings.ts';

export const auditCommand: CommandSpec = {
  name: 'audit',
  summary: 'recompute the audit trail’s chain of hashes, also of a restored database',
  operands: 'verify',
  options: [
    {
      name: 'known',
      value: 'HASH',
      help: 'a hash noted earlier, outside: it must still be in the trail, so that nothing was cut off its end',
    },
    ...STORE_OPTIONS,
    ...OUTPUT_OPTIONS.slice(0, 1),
  ],
  examples: ['coverline audit verify', 'coverline audit verify --known 5f1d…'],
  run: async input => {
    const [action] = input.operands;
    if (action !== 'verify') throw new CommandError('say what to do: audit verify', 2);
    return verify(input);
  },
};

/** 0 when the trail is whole, 1 when it is not or cannot be read. Nothing is changed, not even the schema. */
async function verify(input: CommandInput): Promise<number> {
  const { databaseUrl } = storeSettings(input);
  const address = parseDatabaseUrl(databaseUrl);
  if (address.engine === 'sqlite' && !existsSync(address.path)) {
    throw new CommandError(`there is no database at ${shownDatabase(databaseUrl)}`);
  }
  const store = openStore(databaseUrl);
  try {
    if ((await migrationState(store)).applied.length === 0) {
      throw new CommandError(`${shownDatabase(databaseUrl)} is not a Coverline database`);
    }
    const verdict = await verifyAudit(store.db);
    const known = input.text('known');
    const cutOff = known !== undefined && !(await findAuditHash(store.db, known));
    if (input.has('json'))
      await printJson({ ...verdict, ...(known !== undefined && { knownFound: !cutOff }) });
    else if (verdict.kind === 'broken') {
      await print(
        `broken at event ${verdict.brokenAt}: it was changed, or events before it were removed; ${verdict.events} events before it are sound\n`,
      );
    } else if (cutOff)
      await print(`whole, but the noted hash is not in it: its end was cut off or replaced\n`);
    else await print(`whole: ${verdict.events} events, last hash ${verdict.headHash}\n`);
    return verdict.kind === 'broken' || cutOff ? 1 : 0;
  } finally {
    await store.close();
  }
}
