import { randomBytes } from 'node:crypto';
import { base32 } from './base32.ts';
import { hashSecret } from './secret.ts';

/** 120 random bits are 24 characters of base 32; above 112 bits a plain hash is enough (ASVS 5.0, 6.5.2). */
const BYTES = 15;
const CODES = 10;
const CHARACTERS = 24;

/** Codes for signing in without the phone, in groups of four to be written down: `ABCD-EFGH-…`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () => base32(randomBytes(BYTES)).replace(/.{4}(?=.)/g, '$&-'));
}

/** What is stored of a recovery code, however it was typed; undefined for a text that cannot be one. */
export function recoveryCodeHash(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === CHARACTERS ? hashSecret(code) : undefined;
}
