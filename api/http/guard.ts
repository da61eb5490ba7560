import type { Request } from 'express';
import { Refusal } from '../service/refusal.ts';

/** Where the service is reached from. */
export interface Site {
  /** `https://wfm.example.org`, or undefined when only the own machine is served. */
  readonly publicUrl: string | undefined;
  /** Bound to a loopback address: only these names may be in the Host header. */
  readonly loopbackOnly: boolean;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses a Host header that does not name this service, so that another site's name pointed at this address
 * (DNS rebinding) gets nowhere.
 */
export function assertHost(request: Request, site: Site): void {
  const host = request.headers.host ?? '';
  if (site.publicUrl !== undefined && host === new URL(site.publicUrl).host) return;
  const name = host.replace(/:\d+$/, '');
  if (LOOPBACK_NAMES.has(name)) return;
  if (site.publicUrl === undefined && !site.loopbackOnly) return;
  throw new Refusal('crossSite', 'the Host header names another site');
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes asked for by another site. Browsers say where a request comes from in Sec-Fetch-Site; older
 * ones and programs send Origin. A request with a bearer token needs neither: no browser sends one by itself.
 */
export function assertSameSite(request: Request, site: Site): void {
  if (SAFE_METHODS.has(request.method)) return;
  const fetchSite = request.headers['sec-fetch-site'];
  if (fetchSite !== undefined) {
    if (fetchSite === 'same-origin') return;
    throw new Refusal('crossSite');
  }
  const origin = request.headers.origin;
  if (origin === undefined) {
    throw new Refusal('crossSite', 'send the Origin header with requests that change something');
  }
  const own = [
    `http://${request.headers.host ?? ''}`,
    `https://${request.headers.host ?? ''}`,
    site.publicUrl,
  ];
  if (!own.includes(origin)) throw new Refusal('crossSite');
}
