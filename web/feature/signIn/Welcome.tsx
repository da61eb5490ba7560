import { type ReactNode, useEffect } from 'react';
import { t } from '../../locale/i18n.ts';
import classes from './Welcome.module.css';

interface WelcomeProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** The card before the workplace: signing in, or the first account. */
export function Welcome({ title, lead, children }: WelcomeProps) {
  useEffect(() => {
    document.title = `${title} · ${t('shell.product')}`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>{t('shell.product')}</div>
        <h1 className={classes.title}>{title}</h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
      </div>
    </main>
  );
}
