import type { Store } from '../../data/db/connect.ts';

/** The address of an open store, for a thread that opens its own handle. */
export function urlOf(store: Store): string {
  return store.engine === 'sqlite' ? `sqlite:${store.path}` : store.url;
}
