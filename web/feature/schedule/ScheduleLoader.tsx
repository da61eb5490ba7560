import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import { addDays } from '../../../forecasting/index.ts';
import { Failure } from '../../component/Failure.tsx';
import { Loading } from '../../component/Loading.tsx';
import { call } from '../../lib/api.ts';
import type { ScheduleSetting } from './problem.ts';
import { ScheduleEditor } from './ScheduleEditor.tsx';

/** Reads everything the editor measures against, then opens it. */
export function ScheduleLoader({ head }: { readonly head: ScheduleHead }) {
  const { siteId, id } = head;
  // The draft lives in the editor; a background refresh must not replace it under a person's hands.
  const content = useQuery({
    queryKey: ['schedule', id],
    queryFn: async () => {
      // The sequence first: an edit made between the two answers is then taken in twice, never missed.
      const latest = await call(ROUTES.listEdits, { params: { id }, query: { limit: 1 } });
      const loaded = await call(ROUTES.getSchedule, { params: { id } });
      return { ...loaded, lastSequence: latest.items[0]?.sequence ?? 0 };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const coverage = useQuery({
    queryKey: ['schedule-coverage', id, head.staffingPlanIds.join()],
    queryFn: () => call(ROUTES.getCoverage, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const agents = useQuery({
    queryKey: ['agents', siteId],
    queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
  });
  const skills = useQuery({
    queryKey: ['skills', siteId],
    queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
  });
  const templates = useQuery({
    queryKey: ['shift-templates', siteId],
    queryFn: () => call(ROUTES.listShiftTemplates, { query: { siteId } }),
  });
  const ruleSets = useQuery({
    queryKey: ['rule-sets', siteId],
    queryFn: () => call(ROUTES.listRuleSets, { query: { siteId } }),
  });
  const timeOff = useQuery({
    queryKey: ['time-off', siteId, head.weekStart],
    queryFn: () =>
      call(ROUTES.listTimeOff, {
        query: { siteId, from: head.weekStart, to: addDays(head.weekStart, head.days - 1) },
      }),
  });
  const requirements = useQueries({
    queries: head.staffingPlanIds.map(planId => ({
      queryKey: ['requirement', planId],
      queryFn: () => call(ROUTES.getRequirement, { params: { id: planId } }),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const setting = useMemo((): ScheduleSetting | null => {
    if (!content.data || !coverage.data || !agents.data || !skills.data) return null;
    if (!templates.data || !ruleSets.data || !timeOff.data) return null;
    return {
      schedule: content.data.schedule,
      agents: agents.data.items.filter(agent => agent.active),
      skills: skills.data.items,
      templates: templates.data.items,
      ruleSets: ruleSets.data.items,
      timeOff: timeOff.data.items,
      coverage: coverage.data.items,
    };
  }, [content.data, coverage.data, agents.data, skills.data, templates.data, ruleSets.data, timeOff.data]);

  const queries = [content, coverage, agents, skills, templates, ruleSets, timeOff];
  const failed = queries.find(query => query.isError);
  if (failed) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!setting || !content.data) return <Loading height={520} />;
  return (
    <ScheduleEditor
      // A proposal that was accepted comes back as new content: the editor starts over from it.
      key={`${content.data.schedule.id}@${content.dataUpdatedAt}`}
      content={content.data}
      lastSequence={content.data.lastSequence}
      head={head}
      setting={setting}
      requirements={requirements.flatMap(query => (query.data ? [query.data] : []))}
    />
  );
}
