import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { IdentityProvider } from '../auth/openIdConnect.ts';
import { grantSchema } from '../contract/permission.ts';
import { CommandError } from './args.ts';

const fileSchema = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  label: z.string().min(1).max(60),
  groupsClaim: z.string().min(1),
  grants: z.record(z.string(), z.array(grantSchema)),
});

/**
 * Reads how people of the organisation sign in: `{ issuer, clientId, clientSecret, label, groupsClaim, grants }`.
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
  return { ...parsed.data, redirectUrl: new URL('/api/sso/callback', publicUrl).href };
}
