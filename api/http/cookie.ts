import type { CookieChange } from './reply.ts';

/** The cookies of a request. A name that appears twice keeps its first value. */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 1) continue;
    const name = part.slice(0, equals).trim();
    if (!cookies.has(name)) cookies.set(name, part.slice(equals + 1).trim());
  }
  return cookies;
}

/** A Set-Cookie header: not readable by scripts, not sent along by other sites' posts. */
export function cookieHeader(change: CookieChange, secure: boolean): string {
  return [
    `${change.name}=${change.value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${change.value === '' ? 0 : change.maxAgeSeconds}`,
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}

/** With https the prefix makes browsers refuse the cookie from anywhere but this exact host. */
export function cookieName(plain: 'coverline' | 'coverline-sso', secure: boolean): string {
  return secure ? `__Host-${plain}` : plain;
}
