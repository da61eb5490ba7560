/** Words of what patients felt. */
export const felt = {
  title: 'What patients felt',
  note: 'Beside the waiting they had. Days with longer waits also differ in other ways: a relation is not a cause.',
  none: 'Nothing imported for these days. Import surveys and tickets by day or period on the Import page.',
  column: {
    measure: 'Measure',
    mean: 'Mean',
    answers: 'Answers',
    relation: 'With 10 s longer wait',
  },
  measure: {
    firstCallResolution: 'First-call resolution',
    satisfaction: 'Satisfaction (1–5)',
    netPromoterScore: 'Net promoter score',
    followUpsOnTime: 'Follow-ups on time',
    repeatCallers: 'Repeat callers',
    openTickets: 'Open tickets',
    answeredWithinPromise: 'Tickets answered in 30 min',
  },
  withinCeiling: 'at most {{ceiling}} on {{kept}} of {{all}}',
  clear: '{{change}} ({{lower}} to {{upper}})',
  unclear: 'unclear ({{lower}} to {{upper}})',
  tooFew: '{{pairs}} of {{needed}} days',
} as const;
