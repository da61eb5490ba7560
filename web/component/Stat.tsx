import type { ReactNode } from 'react';
import classes from './Stat.module.css';

interface StatProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: 'plain' | 'good' | 'under' | 'over' | 'error';
}

/** One figure with its name and what it is measured against. */
export function Stat({ label, value, note, tone = 'plain' }: StatProps) {
  return (
    <div className={classes.stat} data-tone={tone}>
      <div className={classes.label}>{label}</div>
      <div className={classes.value}>{value}</div>
      {note ? <div className={classes.note}>{note}</div> : null}
    </div>
  );
}

export function Stats({ children }: { readonly children: ReactNode }) {
  return <div className={classes.stats}>{children}</div>;
}
