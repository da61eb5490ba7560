import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Refusal } from '../service/refusal.ts';

/** Requests per minute from one address. */
export interface RateLimits {
  readonly general: number;
  readonly login: number;
  readonly heavy: number;
}

export const DEFAULT_RATE_LIMITS: RateLimits = { general: 6000, login: 60, heavy: 60 };

export type Limiters = Readonly<Record<keyof RateLimits, RequestHandler>>;

/** One limiter per class of routes. Counting is per process; sign-in is also throttled in the store. */
export function createLimiters(limits: RateLimits): Limiters {
  const limiter = (limit: number): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      keyGenerator: (request: Request) => ipKeyGenerator(request.ip ?? ''),
      handler: (_request, _response, next) =>
        next(new Refusal('tooManyRequests', undefined, { retryAfterSeconds: 60 })),
    });
  return { general: limiter(limits.general), login: limiter(limits.login), heavy: limiter(limits.heavy) };
}
