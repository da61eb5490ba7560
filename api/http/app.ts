import express, { type Express, type Request } from 'express';
import { authenticate } from '../auth/authenticate.ts';
import { ANONYMOUS } from '../auth/principal.ts';
import { OPERATION_IDS, type OperationId, ROUTES } from '../contract/routes.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Environment } from '../service/context.ts';
import { Refusal } from '../service/refusal.ts';
import { readSettings } from '../service/settings.ts';
import type { SingleSignOn } from '../service/singleSignOn.ts';
import { cookieName, readCookies } from './cookie.ts';
import { assertHost, type Site } from './guard.ts';
import { type HandlerTable, handlerTable } from './handlerTable.ts';
import { neverStore, requestId, securityHeaders } from './headers.ts';
import { type MountOptions, mount } from './mount.ts';
import { problemHandler } from './problemAnswer.ts';
import { createLimiters, type RateLimits } from './rateLimit.ts';
import { requestLog } from './requestLog.ts';
import { mountStaticFiles } from './staticFiles.ts';

/** What the app is made of. */
export interface AppOptions {
  readonly environment: Environment;
  readonly metrics: Metrics;
  readonly site: Site;
  readonly webDir: string;
  /** Addresses of proxies whose forwarding headers are believed, as Express understands them. */
  readonly trustProxy: readonly string[];
  readonly rateLimits: RateLimits;
  readonly setUpTokenRequired: boolean;
  readonly singleSignOn: SingleSignOn | undefined;
  readonly checkAnswers: boolean;
  readonly isLeaving: () => boolean;
}

/** The Express app: headers → rate limit → routes of the contract → web app → errors. */
export function createApp(options: AppOptions): Express {
  const { environment, site } = options;
  const secure = site.publicUrl?.startsWith('https:') ?? false;
  const limiters = createLimiters(options.rateLimits);
  const sessionCookie = cookieName('coverline', secure);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', [...options.trustProxy]);
  app.use(requestId, securityHeaders(secure), requestLog(environment.log, options.metrics));
  app.use((request, _response, next) => {
    assertHost(request, site);
    next();
  });
  app.use('/api', limiters.general, neverStore);
  mountRoutes(
    app,
    {
      environment,
      site,
      secureCookies: secure,
      limiters,
      checkAnswers: options.checkAnswers,
      authenticate: request => whoIs(environment, request, sessionCookie),
    },
    handlerTable({ ...options, sessionCookie, signOnCookie: cookieName('coverline-sso', secure) }),
  );
  app.use('/api', (_request, _response, next) => next(new Refusal('notFound')));
  mountStaticFiles(app, options.webDir);
  app.use((_request, _response, next) => next(new Refusal('notFound')));
  app.use(problemHandler(environment.log));
  return app;
}

/** Mounts every route of the contract: one without a handler does not compile, one without a permission does not start. */
function mountRoutes(app: Express, options: MountOptions, handlers: HandlerTable): void {
  for (const id of OPERATION_IDS) mountOne(app, options, handlers, id);
}

function mountOne<Id extends OperationId>(
  app: Express,
  options: MountOptions,
  handlers: HandlerTable,
  id: Id,
): void {
  const route: (typeof ROUTES)[Id] = ROUTES[id];
  const handler: HandlerTable[Id] = handlers[id];
  mount(app, options, id, route, handler);
}

async function whoIs(environment: Environment, request: Request, sessionCookie: string) {
  const authorization = request.get('authorization');
  const bearer =
    authorization === undefined ? undefined : (/^Bearer (\S{1,200})$/.exec(authorization)?.[1] ?? '');
  const cookie = readCookies(request.headers.cookie).get(sessionCookie);
  if (bearer === undefined && cookie === undefined) return ANONYMOUS;
  const settings = await readSettings(environment.store.db);
  const policy = {
    idleSeconds: settings.sessionIdleMinutes * 60,
    requireSecondFactor: settings.requireSecondFactor,
  };
  return authenticate(environment.store.db, { bearer, cookie }, environment.now(), policy);
}
