import { hash, verify } from '@node-rs/argon2';

/** OWASP's first recommendation for argon2id (the package's default algorithm): 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes share Node's small thread pool with files and name look-ups, so only a few run at once. */
const LANES = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inLane<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= LANES) await new Promise<void>(resolve => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export async function hashPassword(password: string): Promise<string> {
  return inLane(() => hash(password.normalize('NFKC'), PARAMETERS));
}

/** A hash of nothing that anybody knows; checking against it takes as long as against a real one. */
let decoy: Promise<string> | undefined;

/**
 * Whether the password fits. `undefined` as hash (no such account, or one without a password) takes equally long
 * and is always false. `stillAllowed` is asked when the check's turn has come, so that a flood of guesses that is
 * over the limit by then costs no hashing.
 */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
  stillAllowed: () => Promise<void> = async () => {},
): Promise<boolean> {
  return inLane(async () => {
    await stillAllowed();
    decoy ??= hash('decoy', PARAMETERS);
    const fits = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'));
    return fits && typeof passwordHash === 'string';
  });
}
