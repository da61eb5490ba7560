import type { Express, Request, RequestHandler, Response } from 'express';
import express from 'express';
import type { z } from 'zod';
import { mayEver } from '../auth/principal.ts';
import type { Route } from '../contract/route.ts';
import { type Context, type Environment, recordEvent } from '../service/context.ts';
import { environmentOf } from '../service/environmentOf.ts';
import { Refusal } from '../service/refusal.ts';
import { cookieHeader } from './cookie.ts';
import { answerEvents } from './events.ts';
import { answerFile } from './file.ts';
import { assertSameSite, type Site } from './guard.ts';
import { invalid } from './problemAnswer.ts';
import type { Limiters } from './rateLimit.ts';
import { type Call, type CookieChange, type Handler, Reply } from './reply.ts';

export const JSON_LIMIT_BYTES = 1_048_576;

/** What mounting needs to know. */
export interface MountOptions {
  readonly environment: Environment;
  readonly site: Site;
  readonly secureCookies: boolean;
  readonly limiters: Limiters;
  readonly authenticate: (request: Request) => Promise<Context['principal']>;
  /** Parse every answer against its schema before sending it: for development and tests. */
  readonly checkAnswers: boolean;
}

/**
 * Puts a declared route on the app. The order is: rate limit → who is it → same site → may they → read the body →
 * check everything → handler → answer. Nothing of an unauthorised request is read.
 *
 * @throws RangeError when the declaration is incomplete, so that a wrong route never starts.
 */
export function mount<Declared extends Route>(
  app: Express,
  options: MountOptions,
  operationId: string,
  route: Declared,
  handler: Handler<Declared>,
): void {
  assertDeclared(operationId, route);
  const steps: RequestHandler[] = [
    ...(route.limit ? [options.limiters[route.limit]] : []),
    async (request, response, next) => {
      response.locals.context = await authorise(options, operationId, route, request, response);
      next();
    },
    ...(route.body ? [jsonBody(route.maxBodyBytes ?? JSON_LIMIT_BYTES)] : []),
    async (request, response) => {
      const call = readCall(route, request, response);
      await answer(options, route, request, response, await handler(call));
    },
  ];
  const method = route.method.toLowerCase();
  if (method === 'get') app.get(route.path, ...steps);
  else if (method === 'post') app.post(route.path, ...steps);
  else if (method === 'put') app.put(route.path, ...steps);
  else if (method === 'patch') app.patch(route.path, ...steps);
  else app.delete(route.path, ...steps);
}

/** @throws RangeError naming what the declaration lacks. */
export function assertDeclared(operationId: string, route: Route): void {
  const fault = (text: string) => new RangeError(`route ${operationId} (${route.path}) ${text}`);
  if (!route.permission) throw fault('declares no permission');
  const named = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(match => match[1]);
  const declared = Object.keys(route.params?.shape ?? {});
  if (named.toSorted().join() !== declared.toSorted().join())
    throw fault('declares other params than its path');
  const answers = [route.response, route.download, route.events].filter(part => part !== undefined);
  if (answers.length > 1) throw fault('declares more than one kind of answer');
  if (route.body && route.upload) throw fault('declares both a body and an upload');
}

async function authorise(
  options: MountOptions,
  operationId: string,
  route: Route,
  request: Request,
  response: Response,
): Promise<Context> {
  const principal = await options.authenticate(request);
  const { environment } = options;
  const context: Context = {
    // A public route finds its rows by a secret that the caller has, before any site is known.
    environment: route.permission === 'public' ? environment : await environmentOf(environment, principal),
    principal,
    origin: {
      id: String(response.getHeader('x-request-id')),
      address: request.ip ?? '',
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    },
  };
  if (principal.kind !== 'token') assertSameSite(request, options.site);
  if (route.permission === 'public') return context;
  if (principal.kind === 'anonymous') throw new Refusal('signInRequired');
  if (principal.secondFactorMissing && !route.beforeSecondFactor) {
    await recordEvent(context, operationId, 'denied', { detail: { reason: 'secondFactorMissing' } });
    throw new Refusal('secondFactorMissing');
  }
  if (route.permission === 'signedIn') {
    if (principal.kind === 'token') throw new Refusal('forbidden', 'this cannot be done with an API token');
    return context;
  }
  if (!mayEver(principal, route.permission)) {
    await recordEvent(context, operationId, 'denied', { detail: { permission: route.permission } });
    throw new Refusal('forbidden');
  }
  return context;
}

function jsonBody(limit: number): RequestHandler {
  const parse = express.json({ limit, strict: false, type: 'application/json' });
  return (request, response, next) => {
    if (!request.is('application/json')) {
      next(new Refusal('unsupportedMediaType', 'send the body as application/json'));
      return;
    }
    parse(request, response, next);
  };
}

function readCall<Declared extends Route>(
  route: Declared,
  request: Request,
  response: Response,
): Call<Declared> {
  const { context } = response.locals as { context: Context };
  if (route.upload && !route.upload.mediaTypes.some(type => request.is(type))) {
    throw new Refusal(
      'unsupportedMediaType',
      `send the file as one of: ${route.upload.mediaTypes.join(', ')}`,
    );
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const call = {
    context,
    params: check(route.params, 'params', request.params),
    query: check(route.query, 'query', request.query),
    body: check(route.body, 'body', request.body),
    upload: request,
    ifMatch: readIfMatch(route, request),
    signal: gone.signal,
    header: (name: string) => request.get(name),
  };
  // The parts were parsed by the very schemas that their types are derived from.
  return call as Call<Declared>;
}

function check(schema: z.ZodType | undefined, where: string, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (!parsed.success) throw invalid(where, parsed.error);
  return parsed.data;
}

function readIfMatch(route: Route, request: Request): number {
  if (route.ifMatch !== 'required') return -1;
  const header = request.get('if-match');
  if (header === undefined) throw new Refusal('revisionRequired');
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim());
  if (!match) throw new Refusal('invalid', 'If-Match must be a revision in double quotes, such as "3"');
  return Number(match[1]);
}

async function answer(
  options: MountOptions,
  route: Route,
  request: Request,
  response: Response,
  result: unknown,
): Promise<void> {
  const setCookies = (cookies: readonly CookieChange[]) => {
    for (const cookie of cookies) {
      response.append('set-cookie', cookieHeader(cookie, options.secureCookies));
    }
  };
  if (route.events) return answerEvents(request, response, result);
  if (route.download) return answerFile(response, result, setCookies);
  const value = result instanceof Reply ? result.value : result;
  if (result instanceof Reply) {
    setCookies(result.cookies);
    if (result.revision !== undefined) response.setHeader('etag', `"${result.revision}"`);
  }
  if (!route.response) {
    response.status(204).end();
    return;
  }
  if (options.checkAnswers) assertAnswer(route, value);
  response.status(route.status ?? 200);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}

/** In development and tests: the answer has exactly the declared fields. */
function assertAnswer(route: Route, value: unknown): void {
  const sent: unknown = JSON.parse(JSON.stringify(value));
  const parsed = route.response?.safeParse(sent);
  if (!parsed?.success)
    throw new Error(`${route.method} ${route.path} answers wrongly: ${parsed?.error.message}`);
  const declared = canonical(parsed.data);
  const actual = canonical(sent);
  if (declared !== actual) {
    throw new Error(`${route.method} ${route.path} answers with fields that it does not declare: ${actual}`);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
