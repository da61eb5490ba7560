import { z } from 'zod';
import type { Db } from '../../data/db/connect.ts';
import { GLOBAL_SCOPE, readSetting, writeSetting } from '../../data/store/settings.ts';
import { type Settings, settingsSchema } from '../contract/operation.ts';
import { type Context, mutate } from './context.ts';

const DEFAULTS: Settings = {
  organisationName: 'Coverline',
  sessionIdleMinutes: 60,
  sessionHours: 12,
  requireSecondFactor: false,
  currency: 'USD',
  valuePerRetainedPatientCents: null,
  lostPatientShare: null,
  agentHourCostCents: null,
};

const NAME = 'installation';

/** The settings of the installation; what was never set has its default. */
export async function readSettings(db: Db): Promise<Settings> {
  const stored = z.record(z.string(), z.unknown()).safeParse(await readSetting(db, GLOBAL_SCOPE, NAME));
  const merged = settingsSchema.safeParse({ ...DEFAULTS, ...(stored.success && stored.data) });
  return merged.success ? merged.data : DEFAULTS;
}

/** Changes some settings. */
export async function updateSettings(
  context: Context,
  change: { readonly [Key in keyof Settings]?: Settings[Key] | undefined },
): Promise<Settings> {
  return mutate(context, 'settings.update', async db => {
    const before = await readSettings(db);
    const after = settingsSchema.parse({ ...before, ...change });
    await writeSetting(db, {
      scope: GLOBAL_SCOPE,
      name: NAME,
      value: after,
      at: context.environment.now(),
      userId: context.principal.userId,
    });
    return { value: after, subjectKind: 'settings', detail: { before, after } };
  });
}
