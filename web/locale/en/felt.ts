/** Words of what patients felt. */
export const felt = {
  title: 'What patients felt',
  note: 'Beside the waiting they had. Days with longer waits also differ in other ways: a relation is not a cause.',
  none: 'Nothing imported for these days. Send surveys and tickets by day and queue through the API (PUT /api/felt).',
  column: {
    measure: 'Measure',
    mean: 'Mean',
    days: 'Days',
    answers: 'Answers',
    relation: 'With 10 s more average wait',
  },
  measure: {
    firstCallResolution: 'First-call resolution',
    satisfaction: 'Satisfied',
    netPromoterScore: 'Net promoter score',
    followUpsOnTime: 'Follow-ups on time',
    repeatCallers: 'Repeat callers',
    openTickets: 'Open tickets',
    answeredWithinPromise: 'Tickets answered within promise',
  },
  clear: '{{change}} ({{lower}} to {{upper}})',
  unclear: 'no clear relation ({{lower}} to {{upper}})',
  tooFew: '{{pairs}} days; {{needed}} are needed',
} as const;
