import { type Problem, problemId, problemSchema } from './problem.ts';
import type { Route, RouteInput, RouteOutput } from './route.ts';

/** An answer that is not a success; `problem` says why in words for people and a stable id for programs. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly id: string;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.problem = problem;
    this.id = problemId(problem);
  }
}

/** A success, with the revision to send back as `ifMatch` where the resource has one. */
export interface Answer<Value> {
  readonly value: Value;
  readonly status: number;
  readonly revision: string | undefined;
  readonly headers: Headers;
}

export type Attempt<Value> =
  | ({ readonly ok: true } & Answer<Value>)
  | { readonly ok: false; readonly problem: Problem };

export interface CallerOptions {
  /** `''` in the browser; `http://127.0.0.1:4400` elsewhere. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
  /** Sent with every request, such as `authorization: Bearer …`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls declared routes with their own types. */
export interface Caller {
  /** The value of a success. @throws ApiError on any other answer, TypeError when the network fails. */
  call<Declared extends Route>(
    route: Declared,
    input: RouteInput<Declared>,
    options?: CallOptions,
  ): Promise<RouteOutput<Declared>>;
  /** A success with status and revision, or the problem as a value. */
  attempt<Declared extends Route>(
    route: Declared,
    input: RouteInput<Declared>,
    options?: CallOptions,
  ): Promise<Attempt<RouteOutput<Declared>>>;
}

/** The loosely typed view of an input that the transport needs. */
interface RawInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly upload?: BodyInit;
  readonly ifMatch?: string;
}

/** The address of a route with its parameters and query filled in, such as for a download link or an EventSource. */
export function urlOf<Declared extends Route>(
  route: Declared,
  input: Pick<RawInput, 'params' | 'query'>,
  baseUrl = '',
): string {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = input.params?.[name];
    if (value === undefined) throw new RangeError(`${route.method} ${route.path} needs params.${name}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = query.toString();
  return `${baseUrl}${path}${text === '' ? '' : `?${text}`}`;
}

export function createCaller(options: CallerOptions = {}): Caller {
  const send = options.fetch ?? fetch;

  async function attempt<Declared extends Route>(
    route: Declared,
    input: RouteInput<Declared> & RawInput,
    callOptions: CallOptions = {},
  ): Promise<Attempt<RouteOutput<Declared>>> {
    const response = await send(
      urlOf(route, input, options.baseUrl),
      requestOf(route, input, { ...options.headers, ...callOptions.headers }, callOptions.signal),
    );
    if (!response.ok) return { ok: false, problem: await readProblem(response) };
    return {
      ok: true,
      value: await readValue(route, response),
      status: response.status,
      revision: response.headers.get('etag')?.replaceAll('"', ''),
      headers: response.headers,
    };
  }

  return {
    attempt,
    async call<Declared extends Route>(
      route: Declared,
      input: RouteInput<Declared> & RawInput,
      callOptions?: CallOptions,
    ) {
      const answer = await attempt(route, input, callOptions);
      if (!answer.ok) throw new ApiError(answer.problem);
      return answer.value;
    },
  };
}

function requestOf(
  route: Route,
  input: RawInput,
  extraHeaders: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', ...extraHeaders };
  if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`;
  if (route.body) headers['content-type'] = 'application/json';
  if (route.upload) headers['content-type'] ??= route.upload.mediaTypes[0] ?? 'application/octet-stream';
  const body = route.body ? JSON.stringify(input.body) : route.upload ? input.upload : undefined;
  return {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  };
}

/** The server's answer is typed by the schema it was written from; development and tests parse it again. */
async function readValue<Declared extends Route>(
  route: Declared,
  response: Response,
): Promise<RouteOutput<Declared>> {
  if (route.response) return await response.json();
  return (route.download || route.events ? response : undefined) as RouteOutput<Declared>;
}

async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const parsed = problemSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: a proxy or a broken connection answered in the server's place.
  }
  return {
    type: '/problems/unavailable',
    title: `The server answered ${response.status} without a readable reason`,
    status: response.status,
  };
}
