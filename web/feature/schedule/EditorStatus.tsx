import type { Finding } from '../../../forecasting/scheduling/evaluate.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Schedule.module.css';

interface EditorStatusProps {
  /** What a gesture under way would break; null without one. */
  readonly previewed: readonly Finding[] | null;
  /** What was done last. */
  readonly message: string;
  readonly picked: boolean;
  /** The hovered interval in words. */
  readonly slot: string;
}

/** One line below the toolbar: what was done, what letting go would break, and the interval under the pointer. */
export function EditorStatus({ previewed, message, picked, slot }: EditorStatusProps) {
  return (
    <div className={classes.statusLine}>
      {previewed ? (
        <PreviewFindings newlyBroken={previewed} />
      ) : (
        <p className={classes.status} aria-live="polite">
          {picked ? t('schedule.moveModeOn') : message || t('schedule.hint')}
        </p>
      )}
      <p className={classes.slot}>{slot}</p>
    </div>
  );
}

function PreviewFindings({ newlyBroken }: { readonly newlyBroken: readonly Finding[] }) {
  const first = newlyBroken.find(finding => finding.hard) ?? newlyBroken[0];
  if (!first) return <p className={classes.status}>{t('schedule.preview.kept')}</p>;
  return (
    <p className={classes.status} data-tone={first.hard ? 'error' : 'soft'}>
      {t('schedule.preview.breaks', { count: newlyBroken.length, first: first.sentence })}
    </p>
  );
}
