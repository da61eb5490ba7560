import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ScheduleHead } from '../../../api/contract/schedule.ts';
import type { Requirement } from '../../../api/contract/staffing.ts';
import { addDays } from '../../../forecasting/index.ts';
import { call } from '../../lib/api.ts';
import type { ScheduleContent } from './days.ts';
import type { ScheduleSetting } from './problem.ts';

/** What the editor opens with, or what went wrong; neither while it is read. */
export interface LoadedSchedule {
  readonly content: ScheduleContent | undefined;
  /** When the content was read. */
  readonly readAt: number;
  readonly setting: ScheduleSetting | null;
  readonly requirements: readonly Requirement[];
  readonly failed: { readonly error: unknown; readonly retry: () => void } | null;
}

/** Reads a schedule's shifts and everything that they are measured against. */
export function useSetting(head: ScheduleHead): LoadedSchedule {
  const { id } = head;
  // The draft lives in the editor; a background refresh must not replace it under a person's hands.
  const content = useQuery({
    queryKey: ['schedule', id],
    queryFn: () => call(ROUTES.getSchedule, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const coverage = useQuery({
    queryKey: ['schedule-coverage', id, head.staffingPlanIds.join()],
    queryFn: () => call(ROUTES.getCoverage, { params: { id } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const people = usePeople(head);
  const requirements = useQueries({
    queries: head.staffingPlanIds.map(planId => ({
      queryKey: ['requirement', planId],
      queryFn: () => call(ROUTES.getRequirement, { params: { id: planId } }),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const { agents, skills, templates, ruleSets, timeOff } = people;
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
  const failed = [content, coverage, ...Object.values(people)].find(query => query.isError);
  return {
    content: content.data,
    readAt: content.dataUpdatedAt,
    setting,
    requirements: requirements.flatMap(query => (query.data ? [query.data] : [])),
    failed: failed ? { error: failed.error, retry: () => void failed.refetch() } : null,
  };
}

/** Who may work, what they can do, and the rules and absences that bind them. */
function usePeople({ siteId, weekStart, days }: ScheduleHead) {
  return {
    agents: useQuery({
      queryKey: ['agents', siteId],
      queryFn: () => call(ROUTES.listAgents, { query: { siteId } }),
    }),
    skills: useQuery({
      queryKey: ['skills', siteId],
      queryFn: () => call(ROUTES.listSkills, { query: { siteId } }),
    }),
    templates: useQuery({
      queryKey: ['shift-templates', siteId],
      queryFn: () => call(ROUTES.listShiftTemplates, { query: { siteId } }),
    }),
    ruleSets: useQuery({
      queryKey: ['rule-sets', siteId],
      queryFn: () => call(ROUTES.listRuleSets, { query: { siteId } }),
    }),
    timeOff: useQuery({
      queryKey: ['time-off', siteId, weekStart],
      queryFn: () =>
        call(ROUTES.listTimeOff, { query: { siteId, from: weekStart, to: addDays(weekStart, days - 1) } }),
    }),
  };
}
