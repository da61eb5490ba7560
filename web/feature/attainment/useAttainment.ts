import { useQuery } from '@tanstack/react-query';
import type { RouteInput } from '../../../api/contract/route.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';

/** The attainment report; the former answer stays on screen while the next one comes. */
export function useAttainment(query: RouteInput<typeof ROUTES.getAttainment>['query']) {
  return useQuery({
    queryKey: ['attainment', query],
    queryFn: () => call(ROUTES.getAttainment, { query }),
    placeholderData: previous => previous,
  });
}
