import { type CrewBrief, CrewSearch, type SearchCrew } from '../../../forecasting/scheduling/crew.ts';

/** Members in this thread; what they are told and answer is copied as it would be on the way to another. */
export function crewOf(size: number): SearchCrew {
  let members: readonly CrewSearch[] = [];
  return {
    size,
    open: (brief: CrewBrief) => {
      members = Array.from({ length: size }, () => new CrewSearch(structuredClone(brief)));
    },
    run: async (member, order) => {
      const search = members[member];
      if (!search) throw new Error('not opened');
      return structuredClone(search.run(structuredClone(order), () => 0));
    },
  };
}
