import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Figures } from '../../lib/csv.ts';
import { t } from '../../locale/i18n.ts';
import { Card } from '../Card.tsx';
import { ExportButtons } from '../ExportButtons.tsx';
import { Icon } from '../Icon.tsx';
import { ScrollRegion } from '../ScrollRegion.tsx';
import classes from './ChartCard.module.css';

interface ChartCardProps {
  readonly title: string;
  /** What the vertical axis counts. */
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Its figures, asked for only when somebody wants them. */
  readonly table: () => Figures;
  readonly fileName: string;
  readonly children: ReactNode;
}

const SHOWN_ROWS = 400;

/** A chart with its title, unit, the same figures as a table, and a file of them. */
export function ChartCard({ title, unit, note, actions, table, fileName, children }: ChartCardProps) {
  const [asTable, setAsTable] = useState(false);
  const figures = asTable ? table() : null;
  return (
    <Card
      title={title}
      note={note ?? unit}
      actions={
        <>
          {actions}
          <Button
            size="compact-sm"
            variant="subtle"
            aria-pressed={asTable}
            leftSection={<Icon name={asTable ? 'chart' : 'table'} size={15} />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('chart.asChart') : t('chart.asTable')}
          </Button>
          <ExportButtons fileName={fileName} figures={table} size="compact-sm" />
        </>
      }
    >
      {figures ? <FigureTable title={title} figures={figures} /> : children}
    </Card>
  );
}

function FigureTable({ title, figures }: { readonly title: string; readonly figures: Figures }) {
  const shown = figures.rows.slice(0, SHOWN_ROWS);
  return (
    <ScrollRegion label={title} className={classes.tableScroll}>
      <table className={classes.table}>
        <caption className="visuallyHidden">{title}</caption>
        <thead>
          <tr>
            {figures.header.map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a series have no other identity than their place
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={figures.header[column]}>
                  {typeof cell === 'number' ? Math.round(cell * 100) / 100 : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {figures.rows.length > SHOWN_ROWS ? (
        <p className={classes.more}>
          {t('table.firstRows', { shown: SHOWN_ROWS, total: figures.rows.length })}
        </p>
      ) : null}
    </ScrollRegion>
  );
}
