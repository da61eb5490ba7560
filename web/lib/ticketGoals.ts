import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../../api/contract/routes.ts';
import { call } from './api.ts';

/** What a site promises about its tickets. */
export function useTicketGoals(siteId: string) {
  return useQuery({
    queryKey: ['ticket-goals', siteId],
    queryFn: () => call(ROUTES.getTicketGoals, { query: { siteId } }),
  });
}
