import { QueryClient } from '@tanstack/react-query';
import { ApiError, createCaller } from '../../api/contract/client.ts';

/** Calls the API of the same origin; the session cookie travels by itself. */
export const { call, attempt } = createCaller();

/** One cache for the app. A refusal is an answer, not a hiccup: only unreachable servers are asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => !(error instanceof ApiError) && count < 2,
      refetchOnWindowFocus: false,
    },
  },
});
