import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, parseDatabaseUrl } from '../../data/db/connect.ts';
import { assertSound } from '../../data/db/copy.ts';
import { migrationState } from '../../data/db/migrate.ts';
import { verifyAudit } from '../../data/store/audit.ts';
import { projectRoot } from '../service/projectRoot.ts';
import type { CommandInput, CommandSpec } from './args.ts';
import { OUTPUT_OPTIONS, print, printJson } from './output.ts';
import { STORE_OPTIONS, shownDatabase, storeSettings } from './settings.ts';

/** One thing looked at. `mend` says what to do when it is not right. */
interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly mend?: string;
}

const LEAST_FREE_BYTES = 1e9;

export const doctorCommand: CommandSpec = {
  name: 'doctor',
  summary: 'look whether everything that Coverline needs is there and sound',
  options: [...STORE_OPTIONS, ...OUTPUT_OPTIONS.slice(0, 1)],
  run: async input => {
    const checks = [checkNode(), checkWeb(), checkDisk(input), ...(await checkDatabase(input))];
    if (input.has('json')) await printJson(checks);
    else {
      for (const check of checks) {
        await print(`${check.ok ? '✓' : '✗'} ${check.name}: ${check.found}\n`);
        if (!check.ok && check.mend) await print(`    ${check.mend}\n`);
      }
    }
    return checks.every(check => check.ok) ? 0 : 1;
  },
};

function checkNode(): Check {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return {
    name: 'Node',
    ok: major >= 20,
    found: `${process.versions.node}${major < 22 ? ' (works, but no longer maintained; 22 or 24 is better)' : ''}`,
    mend: 'install Node 22 or 24',
  };
}

function checkWeb(): Check {
  const ok = existsSync(join(projectRoot(), 'build', 'web', 'index.html'));
  return { name: 'Web app', ok, found: ok ? 'built' : 'not built', mend: 'npm run build' };
}

function checkDisk(input: CommandInput): Check {
  const { dataDir } = storeSettings(input);
  const at = existsSync(dataDir) ? dataDir : projectRoot();
  const { bavail, bsize } = statfsSync(at);
  const free = bavail * bsize;
  return {
    name: 'Disk',
    ok: free >= LEAST_FREE_BYTES,
    found: `${(free / 1e9).toFixed(1)} GB free in ${at}`,
    mend: 'free at least 1 GB, or move the data folder with --data',
  };
}

async function checkDatabase(input: CommandInput): Promise<readonly Check[]> {
  const { databaseUrl } = storeSettings(input);
  const shown = shownDatabase(databaseUrl);
  const address = parseDatabaseUrl(databaseUrl);
  if (address.engine === 'sqlite' && !existsSync(address.path)) {
    return [{ name: 'Database', ok: true, found: `none yet at ${shown}; npm start creates it` }];
  }
  try {
    if (address.engine === 'sqlite') assertSound(address.path);
    const store = openStore(databaseUrl);
    try {
      const { pending, unknown } = await migrationState(store);
      const current = pending.length === 0 && unknown.length === 0;
      return [
        { name: 'Database', ok: true, found: `${shown} answers and is sound` },
        {
          name: 'Schema',
          ok: current,
          found: current
            ? 'up to date'
            : `lacks ${pending.join(', ') || 'nothing'}, unknown ${unknown.join(', ') || 'none'}`,
          mend: unknown.length > 0 ? 'install the newer version that wrote it' : 'coverline migrate',
        },
        ...(current ? [await auditCheck(store)] : []),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return [
      {
        name: 'Database',
        ok: false,
        found: `${shown}: ${found}`,
        mend: 'check the URL and that the server runs, or restore a backup',
      },
    ];
  }
}

async function auditCheck(store: ReturnType<typeof openStore>): Promise<Check> {
  const verdict = await verifyAudit(store.db);
  return verdict.kind === 'whole'
    ? { name: 'Audit trail', ok: true, found: `whole, ${verdict.events} events` }
    : {
        name: 'Audit trail',
        ok: false,
        found: `broken at event ${verdict.brokenAt}`,
        mend: 'someone changed it outside of Coverline; compare with a backup',
      };
}
