import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** A request id for the answer, the log and the audit trail; one given by a proxy is not trusted. */
export const requestId: RequestHandler = (_request, response, next) => {
  response.setHeader('x-request-id', randomUUID());
  next();
};

/**
 * Security headers. Scripts and connections only from here; styles from here or with the nonce of this very answer,
 * which the page hands to the component library. Nothing may frame the pages.
 */
export function securityHeaders(https: boolean): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': [
          "'self'",
          (_request, response) => `'nonce-${'locals' in response ? nonceOf(response.locals) : ''}'`,
        ],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'worker-src': ["'self'"],
        'manifest-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xPoweredBy: true,
  });
  return (request, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64');
    protect(request, response, next);
  };
}

/** The nonce of this answer's Content-Security-Policy. */
export function nonceOf(locals: unknown): string {
  if (typeof locals !== 'object' || locals === null || !('nonce' in locals)) return '';
  return typeof locals.nonce === 'string' ? locals.nonce : '';
}

/** Answers of the API are for one caller at one time. */
export const neverStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};
