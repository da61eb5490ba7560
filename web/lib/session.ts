import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Permission } from '../../api/contract/permission.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import type { Me } from '../../api/contract/session.ts';
import { attempt, call } from './api.ts';

/** The signed-in account, or null when nobody is signed in. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    staleTime: 60_000,
    queryFn: async (): Promise<Me | null> => {
      const answer = await attempt(ROUTES.getMe, {});
      if (answer.ok) return answer.value;
      if (answer.problem.status === 401) return null;
      return call(ROUTES.getMe, {});
    },
  });
}

/** Whether the signed-in account holds a permission; the server checks again on every request. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useMe();
  return permission => data?.permissions.includes(permission) ?? false;
}

/** Ends the session; everything that was read is forgotten, also when the server cannot be reached. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => call(ROUTES.signOut, {}),
    onSettled: () => {
      // Clearing everything would cut the watchers of "me" off, and the screen would stay.
      client.setQueryData(['me'], null);
      client.removeQueries({ predicate: query => query.queryKey[0] !== 'me' });
    },
  });
  return () => signOut.mutate();
}
