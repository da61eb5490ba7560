import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';
import { formatPercent } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

const ASK_AGAIN_MS = 3000;

/** The simulated service level of the newest published version, per queue with its 95 % interval. */
export function SimulatedLevel({
  scheduleId,
  version,
}: {
  readonly scheduleId: string;
  readonly version: number;
}) {
  const { queues } = useWorkplace();
  const publications = useQuery({
    queryKey: ['publications', scheduleId, version],
    queryFn: () => call(ROUTES.listPublications, { params: { id: scheduleId } }),
    refetchInterval: ({ state }) => (state.data?.items[0]?.simulation === null ? ASK_AGAIN_MS : false),
  });
  const newest = publications.data?.items[0];
  if (!newest) return null;
  if (newest.simulation === null) return <span>{t('schedule.simulating')}</span>;
  const parts = newest.simulation.queues.flatMap(({ queueId, serviceLevel }) => {
    const name = queues.find(queue => queue.id === queueId)?.name;
    if (!name || !serviceLevel) return [];
    const { value, low, high } = serviceLevel;
    return [`${name} ${formatPercent(value, 1)} (${formatPercent(low, 1)}–${formatPercent(high, 1)})`];
  });
  return parts.length === 0 ? null : (
    <span title={t('schedule.simulatedNote', { count: newest.simulation.replications })}>
      {t('schedule.simulated', { parts: parts.join(', ') })}
    </span>
  );
}
