import type { ReactNode } from 'react';
import classes from './Card.module.css';

interface CardProps {
  readonly title?: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'accent' | 'warning' | 'error';
  readonly pad?: boolean;
}

/** A titled surface. */
export function Card({ title, note, actions, children, tone = 'plain', pad = true }: CardProps) {
  return (
    <section className={classes.card} data-tone={tone}>
      {title || actions ? (
        <header className={classes.head}>
          <div>
            {title ? <h2 className={classes.title}>{title}</h2> : null}
            {note ? <p className={classes.note}>{note}</p> : null}
          </div>
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </header>
      ) : null}
      <div className={pad ? classes.body : undefined}>{children}</div>
    </section>
  );
}

/** Equal columns that wrap by themselves: no media query in script. */
export function Columns({
  min = 260,
  children,
}: {
  readonly min?: 160 | 200 | 260 | 360 | 480 | 640;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.columns} data-min={min}>
      {children}
    </div>
  );
}
