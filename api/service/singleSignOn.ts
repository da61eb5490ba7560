import type { Context } from './context.ts';
import type { StartedSession } from './startSession.ts';

/** Signing in at the organisation's identity provider. */
export interface SingleSignOn {
  /** What the button says. */
  readonly label: string;
  /** Where to send the browser, and the secret state that must come back with it. */
  readonly begin: () => Promise<{ readonly location: string; readonly state: string }>;
  /** The session of whoever came back; undefined when the provider or this installation does not know them. */
  readonly finish: (
    context: Context,
    answer: URLSearchParams,
    state: string | undefined,
  ) => Promise<StartedSession | undefined>;
}
