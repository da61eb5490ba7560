import type { sessionRoutes } from '../../contract/session.ts';
import { changePassword, listSessionsOf, revokeOwnSession } from '../../service/account.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../../service/ownSecondFactor.ts';
import { isSetUpNeeded, setUp } from '../../service/setUp.ts';
import { signIn, signOut } from '../../service/signIn.ts';
import type { SingleSignOn } from '../../service/singleSignOn.ts';
import { meOf, type Proven, type SessionSecret, type StartedSession } from '../../service/startSession.ts';
import { readCookies } from '../cookie.ts';
import { type CookieChange, type Handlers, Reply } from '../reply.ts';

/** What signing in needs to know of the installation. */
export interface SessionOptions {
  readonly sessionCookie: string;
  /** Holds what a begun single sign-on must bring back. */
  readonly signOnCookie: string;
  /** Other machines can reach the service, so the first administrator proves to be its operator. */
  readonly setUpTokenRequired: boolean;
  readonly singleSignOn: SingleSignOn | undefined;
}

export function sessionHandlers(options: SessionOptions): Handlers<typeof sessionRoutes> {
  const own = (header: (name: string) => string | undefined) =>
    readCookies(header('cookie')).get(options.sessionCookie);
  const cookieOf = (session: SessionSecret): CookieChange => ({
    name: options.sessionCookie,
    value: session.secret,
    maxAgeSeconds: session.maxAgeSeconds,
  });
  const withCookie = (session: StartedSession) => new Reply(session.me, { cookies: [cookieOf(session)] });
  const proven = <Value>({ value, session }: Proven<Value>) =>
    new Reply(value, session ? { cookies: [cookieOf(session)] } : {});
  const sso = options.singleSignOn;
  return {
    getSetup: async ({ context }) => ({
      needed: await isSetUpNeeded(context.environment.store.db),
      tokenRequired: options.setUpTokenRequired,
      singleSignOn: sso ? { label: sso.label } : null,
    }),
    setUp: async ({ context, body }) => withCookie(await setUp(context, body, options.setUpTokenRequired)),
    signIn: async ({ context, body }) => withCookie(await signIn(context, body)),
    signOut: async ({ context, header }) => {
      await signOut(context, own(header));
      return new Reply(undefined, {
        cookies: [{ name: options.sessionCookie, value: '', maxAgeSeconds: 0 }],
      });
    },
    getMe: ({ context }) => meOf(context.principal),
    changePassword: async ({ context, body, header }) =>
      proven(await changePassword(context, body, own(header))),
    listSessions: async ({ context, header }) => ({
      items: await listSessionsOf(context, context.principal.userId ?? '', own(header)),
    }),
    revokeSession: ({ context, params }) => revokeOwnSession(context, params.id),
    getSecondFactor: ({ context }) => readSecondFactor(context),
    beginSecondFactor: async ({ context, body, header }) =>
      proven(await beginSecondFactor(context, body, own(header))),
    confirmSecondFactor: async ({ context, body, header }) =>
      proven(await confirmSecondFactor(context, body.code, own(header))),
    removeSecondFactor: async ({ context, body, header }) =>
      proven(await removeSecondFactor(context, body, own(header))),
    renewRecoveryCodes: async ({ context, body, header }) =>
      proven(await renewRecoveryCodes(context, body, own(header))),
    beginSingleSignOn: async ({ context }) => {
      if (!sso) return { kind: 'redirect', location: '/?sso=off' };
      const begun = await sso.begin(context);
      if (!begun) return { kind: 'redirect', location: '/?sso=unavailable' };
      const { location, state } = begun;
      return {
        kind: 'redirect',
        location,
        cookies: [{ name: options.signOnCookie, value: state, maxAgeSeconds: 600 }],
      };
    },
    finishSingleSignOn: async ({ context, query, header }) => {
      if (!sso) return { kind: 'redirect', location: '/?sso=off' };
      const state = readCookies(header('cookie')).get(options.signOnCookie);
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) {
        if (typeof value === 'string') search.set(name, value);
      }
      const session = await sso.finish(context, search, state);
      const ended: CookieChange = { name: options.signOnCookie, value: '', maxAgeSeconds: 0 };
      return session
        ? { kind: 'redirect', location: '/', cookies: [cookieOf(session), ended] }
        : { kind: 'redirect', location: '/?sso=refused', cookies: [ended] };
    },
  };
}
