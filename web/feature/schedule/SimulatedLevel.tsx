import { useQuery } from '@tanstack/react-query';
import type { Publication } from '../../../api/contract/publication.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { call } from '../../lib/api.ts';
import { formatPercent } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';

const ASK_AGAIN_MS = 3000;

/** The simulated service level of the newest published version, as soon as it is there. */
export function NewestLevel(props: { readonly scheduleId: string; readonly version: number }) {
  const { scheduleId, version } = props;
  const publications = useQuery({
    queryKey: ['publications', scheduleId, version],
    queryFn: () => call(ROUTES.listPublications, { params: { id: scheduleId } }),
    refetchInterval: ({ state }) => (state.data?.items[0]?.simulation === null ? ASK_AGAIN_MS : false),
  });
  const newest = publications.data?.items[0];
  if (!newest) return null;
  if (newest.simulation === null) return <span>{t('schedule.simulating')}</span>;
  return <SimulatedLevel simulation={newest.simulation} />;
}

interface SimulatedLevelProps {
  readonly simulation: NonNullable<Publication['simulation']>;
  /** With the 95 % interval of each. */
  readonly isPrecise?: boolean;
}

/** The service level that a published version gave when it was played many times, per queue. */
export function SimulatedLevel({ simulation, isPrecise = false }: SimulatedLevelProps) {
  const { queues } = useWorkplace();
  const parts = simulation.queues.flatMap(({ queueId, serviceLevel }) => {
    const name = queues.find(queue => queue.id === queueId)?.name;
    if (!name || !serviceLevel) return [];
    const { value, low, high } = serviceLevel;
    const interval = isPrecise ? ` (${formatPercent(low, 1)}–${formatPercent(high, 1)})` : '';
    return [`${name} ${formatPercent(value, 1)}${interval}`];
  });
  if (parts.length === 0) return null;
  const note = t('schedule.simulatedNote', { count: simulation.replications });
  return (
    <span title={note}>
      {t(isPrecise ? 'schedule.simulated' : 'schedule.simulatedShort', { parts: parts.join(', ') })}
      {isPrecise ? `. ${note}` : null}
    </span>
  );
}
