import { t } from '../locale/i18n.ts';
import classes from './Loading.module.css';

/** A quiet placeholder of about the height of what is to come, so that the page does not jump. */
export function Loading({ height = 240, label }: { readonly height?: number; readonly label?: string }) {
  return (
    <div className={classes.loading} style={{ height }} role="status">
      <span className={classes.bar} />
      <span className={classes.bar} />
      <span className={classes.bar} />
      <span className="visuallyHidden">{label ?? t('shell.loading')}</span>
    </div>
  );
}
