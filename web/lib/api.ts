import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, createCaller } from '../../api/contract/client.ts';
import { connection } from './connection.ts';

/** Calls the API of the same origin; the session cookie travels by itself. */
export const { call, attempt } = createCaller();

/** `fetch` rejects with a TypeError when the server cannot be reached at all. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load/i.test(error.message);
}

/** Any answer, a refusal too, says that the server is there. */
const heard = {
  onError: (error: unknown) => connection.tell(!isUnreachable(error)),
  onSuccess: () => connection.tell(true),
};

/**
 * One cache for the app. A refusal is an answer, not a hiccup: only unreachable servers are asked again. A server in
 * the house answers although the browser believes itself offline, so it is always asked.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache(heard),
  mutationCache: new MutationCache(heard),
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 15_000,
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
      refetchOnWindowFocus: false,
    },
  },
});
