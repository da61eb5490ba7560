import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Failure } from '../../component/Failure.tsx';
import { call } from '../../lib/api.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import type { Basis } from './basis.ts';
import type { Cost } from './comparisonRows.tsx';
import { type Confirmed, confirmKey } from './confirmation.ts';
import type { Computed } from './scenarioDraft.ts';

interface SaveScenarioProps {
  readonly basis: Basis;
  readonly computed: Computed;
  readonly cost: Cost;
  readonly siteId: string;
  readonly confirmed: ReadonlyMap<string, Confirmed>;
}

/** Keeps a scenario on the server with its levers and what came out. */
export function SaveScenario({ basis, computed, cost, siteId, confirmed }: SaveScenarioProps) {
  const client = useQueryClient();
  const may = useMay();
  const { scenario, outcome, band } = computed;
  const save = useMutation({
    mutationFn: () => {
      const { totals } = outcome;
      const played = confirmed.get(confirmKey(basis, scenario))?.asForecast;
      const level = played?.serviceLevel;
      return call(ROUTES.createScenario, {
        body: {
          siteId,
          name: scenario.name.trim(),
          forecastIds: basis.queues.map(queue => queue.forecastId),
          scheduleId: null,
          start: basis.start,
          days: basis.days,
          levers: [...scenario.levers],
          result: {
            serviceLevel: totals.serviceLevel,
            asaSeconds: totals.asaSeconds,
            abandonmentRate: totals.abandonmentRate,
            occupancy: totals.occupancy,
            agents: totals.peakAgents,
            hours: totals.paidHours,
            costCents: Math.round(totals.paidHours * cost.perHour * 100),
            serviceLevelBand: band?.serviceLevel ?? null,
            simulated:
              played && level
                ? {
                    serviceLevel: level.value,
                    low: level.low,
                    high: level.high,
                    replications: played.replications,
                  }
                : null,
            computedAt: Math.floor(Date.now() / 1000),
            softwareVersion: 'browser',
          },
        },
      });
    },
    onSuccess: saved => {
      notifications.show({ message: t('whatIf.saved', { name: saved.name }) });
      void client.invalidateQueries({ queryKey: ['scenarios'] });
    },
  });
  if (!may('scenario.manage')) return null;
  return (
    <>
      <Button
        size="compact-xs"
        loading={save.isPending}
        disabled={scenario.name.trim() === ''}
        aria-label={t('whatIf.saveName', { name: scenario.name })}
        onClick={() => save.mutate()}
      >
        {t('whatIf.save')}
      </Button>
      {save.error ? <Failure error={save.error} /> : null}
    </>
  );
}
