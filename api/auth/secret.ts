import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new unguessable text of 256 bits, safe in cookies, headers and addresses. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. Plain SHA-256 is enough for 256 random bits; passwords need `passwords.ts`. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares without telling by time where the texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}
