import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type CsvCell, downloadText, toCsv } from '../../lib/csv.ts';
import { t } from '../../locale/i18n.ts';
import { Card } from '../Card.tsx';
import { Icon } from '../Icon.tsx';
import { ScrollRegion } from '../ScrollRegion.tsx';
import classes from './ChartCard.module.css';

/** The figures of a chart as columns of a table. Built only when somebody asks for it. */
export interface ChartTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

interface ChartCardProps {
  readonly title: string;
  /** What the vertical axis counts. */
  readonly unit?: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly table: () => ChartTable;
  readonly fileName: string;
  readonly children: ReactNode;
}

const SHOWN_ROWS = 400;

/** A chart with its title, unit, the same figures as a table, and a CSV. */
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
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="download" size={15} />}
            onClick={() => {
              const { header, rows } = table();
              downloadText(`${fileName}.csv`, toCsv(header, rows));
            }}
          >
            {t('table.csv')}
          </Button>
        </>
      }
    >
      {figures ? <FigureTable title={title} figures={figures} /> : children}
    </Card>
  );
}

function FigureTable({ title, figures }: { readonly title: string; readonly figures: ChartTable }) {
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
