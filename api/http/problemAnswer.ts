import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { PROBLEMS, type Problem, type ProblemId } from '../contract/problem.ts';
import { Refusal } from '../service/refusal.ts';

/** Writes an error as problem+json. */
export function answerProblem(response: Response, refusal: Refusal, requestId: string): void {
  if (refusal.retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(Math.ceil(refusal.retryAfterSeconds)));
  }
  const problem = problemOf(refusal, requestId);
  response.status(problem.status);
  response.setHeader('content-type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problem));
}

/** The wire form of a refusal. */
export function problemOf(refusal: Refusal, requestId?: string): Problem {
  const { status, title } = PROBLEMS[refusal.id];
  return {
    type: `/problems/${refusal.id}`,
    title,
    status,
    ...(refusal.message !== title && { detail: refusal.message }),
    ...(requestId !== undefined && { requestId }),
    ...(refusal.issues.length > 0 && { issues: refusal.issues.map(issue => ({ ...issue })) }),
    ...(refusal.current !== undefined && { current: refusal.current }),
  };
}

/** The faults that a schema found, named by where they are; values are never repeated. */
export function invalid(where: string, error: z.ZodError): Refusal {
  const issues = error.issues.slice(0, 20).map(issue => ({
    path: [where, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  const first = issues[0];
  return new Refusal('invalid', first ? `${first.path}: ${first.message}` : undefined, { issues });
}

/** Any thrown thing as a refusal; what is not expected becomes `internal` without its message. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = codeOf(error);
  if (code in BY_CODE) return new Refusal(BY_CODE[code] ?? 'internal', undefined, retryOf(BY_CODE[code]));
  if (code.startsWith('08') || code.startsWith('57P')) return unavailable();
  if (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying|Client (has encountered a connection error|was closed))/.test(
      error.message,
    )
  ) {
    return unavailable();
  }
  return new Refusal('internal');
}

function unavailable(): Refusal {
  return new Refusal('unavailable', undefined, { retryAfterSeconds: 2 });
}

function retryOf(id: ProblemId | undefined): { readonly retryAfterSeconds?: number } {
  return id === 'unavailable' ? { retryAfterSeconds: 2 } : {};
}

/** Codes of Express, Node, SQLite and PostgreSQL that have a plain meaning. */
const BY_CODE: Readonly<Record<string, ProblemId>> = {
  'entity.too.large': 'tooLarge',
  'entity.parse.failed': 'invalid',
  'encoding.unsupported': 'unsupportedMediaType',
  'charset.unsupported': 'unsupportedMediaType',
  'request.aborted': 'invalid',
  'request.size.invalid': 'invalid',
  // Something named by its id is not there; something of this name is there already; text no database keeps.
  SQLITE_CONSTRAINT_FOREIGNKEY: 'notFound',
  '23503': 'notFound',
  SQLITE_CONSTRAINT_UNIQUE: 'unprocessable',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unprocessable',
  '23505': 'unprocessable',
  '22021': 'invalid',
  '22P05': 'invalid',
  SQLITE_FULL: 'diskFull',
  SQLITE_IOERR_WRITE: 'diskFull',
  ENOSPC: 'diskFull',
  '53100': 'diskFull',
  '53300': 'unavailable',
  SQLITE_BUSY: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  EPIPE: 'unavailable',
  ETIMEDOUT: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENOTFOUND: 'unavailable',
  EAI_AGAIN: 'unavailable',
  '40001': 'unavailable',
  '40P01': 'unavailable',
};

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('type' in error && typeof error.type === 'string' && error.type in BY_CODE) return error.type;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('status' in error && error.status === 413) return 'entity.too.large';
  if ('status' in error && error.status === 400) return 'entity.parse.failed';
  if ('cause' in error) return codeOf(error.cause);
  return '';
}

/** The last handler of the app: every error ends here. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const requestId = String(response.getHeader('x-request-id') ?? '');
    const refusal = asRefusal(error);
    if (refusal.id === 'internal') log.error({ requestId, error }, 'request failed');
    else if (refusal.id === 'unavailable' || refusal.id === 'diskFull') {
      log.warn({ requestId, problem: refusal.id }, 'request refused');
    }
    if (response.headersSent) response.destroy();
    else answerProblem(response, refusal, requestId);
  };
}
