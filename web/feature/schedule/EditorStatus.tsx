import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';

interface EditorStatusProps {
  /** What a gesture under way would break; null without one. */
  readonly previewed: readonly Finding[] | null;
  /** Where it would put the shift. */
  readonly place: string;
  /** What was done last. */
  readonly message: string;
  readonly picked: boolean;
  /** The hovered interval in words. */
  readonly slot: string;
}

/** One line below the toolbar: what was done, what letting go would break, and the interval under the pointer. */
export function EditorStatus({ previewed, place, message, picked, slot }: EditorStatusProps) {
  return (
    <div className={classes.statusLine}>
      {previewed ? (
        <PreviewFindings place={place} newlyBroken={previewed} />
      ) : (
        <p className={classes.status} aria-live="polite">
          {picked ? t('schedule.moveModeOn') : message || t('schedule.hint')}
        </p>
      )}
      <p className={classes.slot}>{slot}</p>
    </div>
  );
}

function PreviewFindings(props: { readonly place: string; readonly newlyBroken: readonly Finding[] }) {
  const { place, newlyBroken } = props;
  const first = newlyBroken.find(finding => finding.hard) ?? newlyBroken[0];
  return (
    <p className={classes.status} data-tone={first ? (first.hard ? 'error' : 'soft') : undefined}>
      <b>{place}</b>{' '}
      {first
        ? t('schedule.preview.breaks', { count: newlyBroken.length, first: first.sentence })
        : t('schedule.preview.kept')}
    </p>
  );
}
