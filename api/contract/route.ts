import type { z } from 'zod';
import type { Access } from './permission.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One address of the API: the single source of its handler's types, the client, the OpenAPI document and the tests.
 *
 * The answer is one of: `response` (JSON), `download` (a file), `events` (server-sent events), or none (204).
 */
export interface Route {
  readonly method: Method;
  /** Parameters in the form `:id`; each needs an entry in `params`. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** Who may call it. There is no default: a route without it does not compile. */
  readonly permission: Access;
  /** Open to an administrator who must have one-time codes and has not set them up yet. */
  readonly beforeSecondFactor?: true;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** A raw file instead of a JSON body; it is streamed to the handler. */
  readonly upload?: { readonly mediaTypes: readonly string[]; readonly maxBytes: number };
  readonly response?: z.ZodType;
  readonly download?: readonly string[];
  /** The data of each server-sent event. */
  readonly events?: z.ZodType;
  /** Status of a success; 200, or 204 when nothing is answered. */
  readonly status?: 200 | 201 | 202;
  /** `required`: the caller sends the revision it read as If-Match, and a stale one is refused with 412. */
  readonly ifMatch?: 'required';
  /** A stricter rate limit than the general one. */
  readonly limit?: 'login' | 'heavy';
  /** Largest JSON body in bytes; 1 MB unless told. */
  readonly maxBodyBytes?: number;
}

/** Declares a route and keeps its exact types. */
export function route<const Declared extends Route>(declared: Declared): Declared {
  return declared;
}

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? { readonly [Key in Name]: z.input<Schema> }
  : unknown;
type QueryPart<Schema> = Schema extends z.ZodType
  ? object extends z.input<Schema>
    ? { readonly query?: z.input<Schema> }
    : { readonly query: z.input<Schema> }
  : unknown;
type UploadPart<Declared extends Route> = Declared extends { upload: object }
  ? { readonly upload: BodyInit }
  : unknown;
type RevisionPart<Declared extends Route> = Declared extends { ifMatch: 'required' }
  ? { readonly ifMatch: string }
  : unknown;

type Declares<Declared, Name extends string> = Name extends keyof Declared ? Declared[Name] : undefined;

/** What a caller passes: `{ params, query, body, upload, ifMatch }`, as far as the route declares them. */
export type RouteInput<Declared extends Route> = Part<'params', Declares<Declared, 'params'>> &
  QueryPart<Declares<Declared, 'query'>> &
  Part<'body', Declares<Declared, 'body'>> &
  UploadPart<Declared> &
  RevisionPart<Declared>;

/** What a caller gets back: parsed JSON, the raw answer of a download or event stream, or nothing. */
export type RouteOutput<Declared extends Route> = Declared extends {
  response: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : Declared extends { download: readonly string[] } | { events: z.ZodType }
    ? Response
    : undefined;
