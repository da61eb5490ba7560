import { account } from './en/account.ts';
import { attainment } from './en/attainment.ts';
import { common } from './en/common.ts';
import { whatIf } from './en/decide.ts';
import { felt } from './en/felt.ts';
import { forecast } from './en/forecast.ts';
import { glossary } from './en/glossary.ts';
import { headcount } from './en/headcount.ts';
import { history } from './en/history.ts';
import { importWords } from './en/import.ts';
import { people } from './en/people.ts';
import { review, today } from './en/review.ts';
import { schedule } from './en/schedule.ts';
import { mySchedule, settings } from './en/settings.ts';
import { queues } from './en/setUp.ts';
import { staffing } from './en/staffing.ts';
import { start } from './en/start.ts';

/** Every word of the interface in English. A screen's words have a file of their own under `en/`. */
export const en = {
  ...common,
  ...account,
  glossary,
  history,
  forecast,
  import: importWords,
  review,
  today,
  schedule,
  attainment,
  felt,
  whatIf,
  headcount,
  people,
  queues,
  settings,
  mySchedule,
  staffing,
  start,
} as const;
