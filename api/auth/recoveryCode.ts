import { randomBytes } from 'node:crypto';
import { base32 } from './base32.ts';
import { hashSecret } from './secret.ts';

/** 136 random bits are 28 characters of base 32; a plain hash is enough for them (ASVS 5.0, 6.5.2 and 11.5.1). */
const BYTES = 17;
const CODES = 10;
/** Codes of earlier versions had 24 characters, and stay good. */
const SHAPE = /^[A-Z2-7]{24,28}$/;

/** Codes for signing in without the phone, in groups of four to be written down: `ABCD-EFGH-…`. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () => base32(randomBytes(BYTES)).replace(/.{4}(?=.)/g, '$&-'));
}

/** What is stored of a recovery code, however it was typed; undefined for a text that cannot be one. */
export function recoveryCodeHash(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return SHAPE.test(code) ? hashSecret(code) : undefined;
}
