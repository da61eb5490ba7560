import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { Scenario } from '../../../api/contract/scenario.ts';
import { call } from '../../lib/api.ts';
import { useWorkplace } from '../../lib/workplace.tsx';

/** Opens the scenario that the address shares, in its own site. */
export function useSharedScenario(onOpen: (scenario: Scenario) => void) {
  const secret = useSearchParams()[0].get('shared');
  const { site, sites, chooseSite } = useWorkplace();
  const shared = useQuery({
    queryKey: ['shared-scenario', secret],
    queryFn: () => call(ROUTES.openSharedScenario, { params: { secret: secret ?? '' } }),
    enabled: secret !== null,
  });
  const opened = useRef<string | null>(null);
  const scenario = shared.data;
  useEffect(() => {
    if (!scenario || opened.current === scenario.id || sites.length === 0) return;
    if (site?.id !== scenario.siteId) {
      chooseSite(scenario.siteId);
      return;
    }
    opened.current = scenario.id;
    onOpen(scenario);
  }, [scenario, site, sites, chooseSite, onOpen]);
  return shared;
}
