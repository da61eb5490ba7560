import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Route } from '../contract/route.ts';
import type { Context } from '../service/context.ts';

/** A cookie to set, or with an empty value to remove. */
export interface CookieChange {
  readonly name: string;
  readonly value: string;
  readonly maxAgeSeconds: number;
}

/** A JSON answer with more than its value. */
export class Reply<Value> {
  readonly value: Value;
  readonly revision: number | undefined;
  readonly cookies: readonly CookieChange[];

  constructor(
    value: Value,
    more: { readonly revision?: number; readonly cookies?: readonly CookieChange[] } = {},
  ) {
    this.value = value;
    this.revision = more.revision;
    this.cookies = more.cookies ?? [];
  }
}

/** A file to take away, or another address to go to. */
export type FileReply =
  | {
      readonly kind: 'file';
      readonly contentType: string;
      /** Absent: shown, not saved. */
      readonly fileName?: string;
      readonly content: string | Uint8Array | Readable;
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly cookies?: readonly CookieChange[] };

/** One server-sent event; a client that lost the connection says the last `id` that it saw. */
export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Read-only through and through, so that domain values can be answered without copying. */
export type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;

type Out<Declared, Name extends string> = Name extends keyof Declared
  ? Declared[Name] extends z.ZodType
    ? z.output<Declared[Name]>
    : undefined
  : undefined;

/** What a handler gets: everything checked. */
export interface Call<Declared extends Route> {
  readonly context: Context;
  readonly params: Out<Declared, 'params'>;
  readonly query: Out<Declared, 'query'>;
  readonly body: Out<Declared, 'body'>;
  /** The raw bytes of an upload route. */
  readonly upload: Readable;
  /** The revision that the caller read; −1 where the route does not ask for one. */
  readonly ifMatch: number;
  /** Fires when the caller has gone. */
  readonly signal: AbortSignal;
  /** A request header, for the few handlers that need one. */
  readonly header: (name: string) => string | undefined;
}

export type HandlerResult<Declared extends Route> = Declared extends {
  response: infer Schema extends z.ZodType;
}
  ? Immutable<z.input<Schema>> | Reply<Immutable<z.input<Schema>>>
  : Declared extends { download: readonly string[] }
    ? FileReply
    : Declared extends { events: z.ZodType }
      ? AsyncIterable<ServerEvent>
      : // biome-ignore lint/suspicious/noConfusingVoidType: a handler without an answer may simply end
        undefined | void | Reply<undefined>;

export type Handler<Declared extends Route> = (
  call: Call<Declared>,
) => Promise<HandlerResult<Declared>> | HandlerResult<Declared>;

/** A handler for each route of a group; a missing one does not compile. */
export type Handlers<Routes extends Readonly<Record<string, Route>>> = {
  readonly [Id in keyof Routes]: Handler<Routes[Id]>;
};
