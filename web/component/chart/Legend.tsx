import classes from './Legend.module.css';

export interface LegendItem {
  readonly label: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly block?: boolean;
  readonly hatch?: boolean;
}

/** Names of what is drawn, above the drawing. */
export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  return (
    <ul className={classes.legend}>
      {items.map(item => (
        <li key={item.label}>
          <span
            className={classes.key}
            data-kind={item.hatch ? 'hatch' : item.block ? 'block' : item.dashed ? 'dashed' : 'line'}
            style={{ color: item.colour }}
          />
          {item.label}
        </li>
      ))}
    </ul>
  );
}
