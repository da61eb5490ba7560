/** Words of the start page. */
export const start = {
  title: 'Start',
  lead: 'From last year’s calls to next week’s schedule in eight steps.',
  sampleTitle: 'Look around first',
  sampleText:
    'Riverside Health (synthetic): four queues, two years of quarter-hours, 60 agents, holidays, a flu season and an outage day. It is marked “Sample” and leaves with one click.',
  loadSample: 'Load sample centre',
  sampleLoading: 'Loading the sample centre',
  ownTitle: 'Use your own history',
  ownText:
    'A CSV or XLSX export of your phone system, by interval or call by call. Nothing is stored before you have seen and confirmed it.',
  importHistory: 'Import your history',
  stepsTitle: 'The eight steps',
  stepsDone: '{{done}} of {{total}} done',
  next: 'Next',
  open: 'Open',
  done: 'Done',
  doWithMine: 'Do this with my data',
  removeSample: 'Remove the sample centre',
  removeSampleText:
    'This removes the sample site with its history, forecasts, schedules and people. Your own data stays.',
  sampleRemoved: 'The sample centre is gone.',
  steps: {
    import: { name: 'Import', does: 'Bring in the calls of the past' },
    clean: { name: 'Check the history', does: 'Decide about gaps, spikes and outages' },
    forecast: { name: 'Forecast', does: 'See what next week will bring' },
    staff: { name: 'Staff', does: 'Agents needed for your goals' },
    schedule: { name: 'Schedule', does: 'Shifts that cover the need' },
    publish: { name: 'Publish', does: 'Give people their week' },
    actuals: { name: 'Take in actuals', does: 'What really came in' },
    review: { name: 'Review', does: 'Plan beside actuals, and why' },
  },
} as const;
