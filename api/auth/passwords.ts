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

/** What surrounds a check once its turn has come; a check holds its turn until both are done. */
export interface CheckTurn {
  /** Throws when the check must not be made any more. */
  readonly stillAllowed: () => Promise<void>;
  /** Counts a password that did not fit. */
  readonly missed: () => Promise<void>;
}

/**
 * Whether the password fits. `undefined` as hash (no such account, or one without a password) takes equally long
 * and is always false. A flood of guesses costs no hashing once it is over the limit, and no more than the few that
 * run at once can pass after the last miss that the limit allows.
 */
export async function verifyPassword(
  passwordHash: string | null | undefined,
  password: string,
  turn: CheckTurn,
): Promise<boolean> {
  return inLane(async () => {
    await turn.stillAllowed();
    decoy ??= hash('decoy', PARAMETERS);
    const fits = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'));
    if (fits && typeof passwordHash === 'string') return true;
    await turn.missed();
    return false;
  });
}
