import { t } from '../../locale/i18n.ts';

/** `Mon`, `Tue` …, Monday first. */
export function shortWeekdays(): readonly string[] {
  return t('queues.weekday', { returnObjects: true }).map(name => name.slice(0, 3));
}
