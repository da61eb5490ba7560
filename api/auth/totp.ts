import { createHmac, randomBytes } from 'node:crypto';
import { base32, fromBase32 } from './base32.ts';

/** One-time codes by time (RFC 6238): SHA-1, 30 seconds, 6 digits, as every authenticator app expects. */
const STEP_SECONDS = 30;
const DIGITS = 6;

/** A new secret of 160 bits in base 32. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** The code of one time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (digest[digest.length - 1] ?? 0) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The time step of an instant. */
export function totpStep(epochSeconds: number): number {
  return Math.floor(epochSeconds / STEP_SECONDS);
}

/**
 * The step whose code this is, one step of clock error allowed; undefined when it fits none, or only a step that
 * was used already, so that an overheard code is worth nothing.
 */
export function matchTotp(
  secret: string,
  code: string,
  epochSeconds: number,
  lastUsedStep: number | null,
): number | undefined {
  const now = totpStep(epochSeconds);
  for (const step of [now, now - 1, now + 1]) {
    if (lastUsedStep !== null && step <= lastUsedStep) continue;
    if (totpCode(secret, step) === code) return step;
  }
  return undefined;
}

/** What an authenticator app reads as a QR code or link. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`;
}
