import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { IdentityProvider } from '../auth/openIdConnect.ts';
import { grantSchema } from '../contract/permission.ts';
import { CommandError } from './args.ts';
import { secret } from './settings.ts';

const fileSchema = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  label: z.string().min(1).max(60),
  groupsClaim: z.string().min(1),
  grants: z.record(z.string(), z.array(grantSchema)),
});

/**
 * Reads how people of the organisation sign in: `{ issuer, clientId, clientSecret, label, groupsClaim, grants }`. The
 * secret may stand apart, in IDENTITY_PROVIDER_SECRET or the file that IDENTITY_PROVIDER_SECRET_FILE names.
 *
 * @throws CommandError naming the file and every field that is wrong; never the secret.
 */
export async function readIdentityProvider(
  file: string,
  publicUrl: string | undefined,
): Promise<IdentityProvider> {
  if (publicUrl === undefined) {
    throw new CommandError('single sign-on needs --public-url: the provider sends people back there', 2);
  }
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandError(
      `cannot read ${file}: ${error instanceof SyntaxError ? 'it is not JSON' : String(error)}`,
    );
  }
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new CommandError(`${file}:\n${lines.join('\n')}`);
  }
  const clientSecret = parsed.data.clientSecret ?? secret('IDENTITY_PROVIDER_SECRET');
  if (clientSecret === undefined) {
    throw new CommandError(
      `${file}: the client secret is missing: give it here as clientSecret, or set IDENTITY_PROVIDER_SECRET_FILE`,
    );
  }
  return { ...parsed.data, clientSecret, redirectUrl: new URL('/api/sso/callback', publicUrl).href };
}
