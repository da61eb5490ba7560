import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { t } from '../locale/i18n.ts';
import classes from './Page.module.css';

interface PageProps {
  readonly title: string;
  /** One sentence: what this page is for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** `fill` gives the last child the rest of the window, for editors. */
  readonly layout?: 'flow' | 'fill' | 'narrow';
  readonly children: ReactNode;
}

/** The frame of every screen: one h1, a lead, the page's actions. */
export function Page({ title, lead, actions, layout = 'flow', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${t('shell.product')}`;
  }, [title]);
  return (
    <div className={classes.page} data-layout={layout}>
      <div className={classes.head}>
        <div className={classes.words}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {lead ? <p className={classes.lead}>{lead}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}
