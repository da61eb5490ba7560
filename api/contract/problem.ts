import { z } from 'zod';

/**
 * Errors as RFC 9457 `application/problem+json`. `type` is `/problems/{id}`; the ids are stable, the texts are not.
 */
export const PROBLEMS = {
  invalid: { status: 400, title: 'The request does not fit what this address expects' },
  signInRequired: { status: 401, title: 'Please sign in' },
  wrongCredentials: { status: 401, title: 'The e-mail address, password or code is not right' },
  secondFactorRequired: { status: 401, title: 'A one-time code is needed as well' },
  crossSite: { status: 403, title: 'The request came from another site and was refused' },
  secondFactorMissing: {
    status: 403,
    title: 'Set up one-time codes first; until then your account may do nothing else',
  },
  forbidden: { status: 403, title: 'Your account may not do this' },
  notFound: { status: 404, title: 'There is nothing here, or nothing that you may see' },
  conflict: { status: 409, title: 'Somebody else changed this in the meantime' },
  alreadySetUp: { status: 409, title: 'The first administrator exists already' },
  wrongState: { status: 409, title: 'This cannot be done in the present state' },
  stale: { status: 412, title: 'This was changed since you read it' },
  tooLarge: { status: 413, title: 'The request is larger than allowed' },
  unsupportedMediaType: { status: 415, title: 'This kind of content is not accepted here' },
  unprocessable: { status: 422, title: 'The request is understood, but cannot be carried out' },
  revisionRequired: { status: 428, title: 'Send If-Match with the revision that you read' },
  tooManyRequests: { status: 429, title: 'Too many requests; please wait' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  unavailable: { status: 503, title: 'The service is not ready; please try again shortly' },
  diskFull: { status: 507, title: 'The disk is full: reading works, writing does not' },
} as const;

export type ProblemId = keyof typeof PROBLEMS;

/** One thing that is wrong, with the place in the request and how to mend it. */
export const problemIssueSchema = z.object({
  path: z.string(),
  message: z.string(),
});

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  issues: z.array(problemIssueSchema).optional(),
  /** What a 409 found instead; its shape is named by the route. */
  current: z.unknown().optional(),
});
export type Problem = z.output<typeof problemSchema>;

/** The stable id in a problem's `type`. */
export function problemId(problem: Pick<Problem, 'type'>): string {
  return problem.type.slice(problem.type.lastIndexOf('/') + 1);
}
