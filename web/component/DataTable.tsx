import { Button } from '@mantine/core';
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { type CsvCell, downloadText, toCsv } from '../lib/csv.ts';
import { downloadXlsx, fitsWorkbook } from '../lib/xlsx.ts';
import { t } from '../locale/i18n.ts';
import classes from './DataTable.module.css';
import { Icon } from './Icon.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** With units where it has some; the header of the CSV. */
  readonly csvHeader?: string;
  readonly head?: ReactNode;
  readonly value: (row: Row) => string | number | null;
  readonly cell?: (row: Row) => ReactNode;
  readonly align?: 'start' | 'end';
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Stands below the others however they are sorted. */
  readonly total?: Row | undefined;
  readonly fileName?: string;
  readonly maxHeight?: number;
  readonly empty?: ReactNode;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** A plain sortable table with a CSV of exactly what it shows. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, total, fileName, maxHeight, empty } = props;
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, Row> => ({
          id: column.id,
          header: column.header,
          accessorFn: (row: Row) => column.value(row),
          sortFn: (a, b, id) => compare(a.getValue<CsvCell>(id), b.getValue<CsvCell>(id)),
        }),
      ),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: definitions, data, getRowId: rowKey });
  const byId = useMemo(() => new Map(columns.map(column => [column.id, column])), [columns]);
  const sorted = table.getRowModel().rows;

  const figures = () => ({
    header: columns.map(column => column.csvHeader ?? column.header),
    rows: [...sorted.map(row => row.original), ...(total ? [total] : [])].map(row =>
      columns.map(column => column.value(row)),
    ),
  });
  const exportCsv = () => {
    const { header, rows: cells } = figures();
    downloadText(`${fileName ?? 'table'}.csv`, toCsv(header, cells));
  };
  const exportXlsx = () => {
    const { header, rows: cells } = figures();
    void downloadXlsx(`${fileName ?? 'table'}.xlsx`, header, cells);
  };

  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div>
      <ScrollRegion label={caption} className={classes.scroll} style={maxHeight ? { maxHeight } : {}}>
        <table className={classes.table}>
          <caption className="visuallyHidden">{caption}</caption>
          <thead>
            <tr>
              {table.getHeaderGroups()[0]?.headers.map(header => {
                const column = byId.get(header.column.id);
                const direction = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    data-align={column?.align}
                    aria-sort={
                      direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none'
                    }
                  >
                    <button type="button" onClick={header.column.getToggleSortingHandler()}>
                      {column?.head ?? column?.header}
                      <span aria-hidden="true">
                        {direction === 'asc' ? ' ↑' : direction === 'desc' ? ' ↓' : ''}
                      </span>
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {sorted.map(row => (
              <tr key={row.id}>
                <Cells columns={columns} row={row.original} />
              </tr>
            ))}
          </tbody>
          {total ? (
            <tfoot>
              <tr>
                <Cells columns={columns} row={total} />
              </tr>
            </tfoot>
          ) : null}
        </table>
      </ScrollRegion>
      {fileName ? (
        <div className={classes.foot}>
          <span>{t('table.rows', { count: rows.length })}</span>
          <div>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<Icon name="download" size={14} />}
              onClick={exportCsv}
            >
              {t('table.csv')}
            </Button>
            {fitsWorkbook(rows.length, columns.length) ? (
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<Icon name="download" size={14} />}
                onClick={exportXlsx}
              >
                {t('table.xlsx')}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function Cells<Row>({ columns, row }: Pick<DataTableProps<Row>, 'columns'> & { readonly row: Row }) {
  return columns.map(column => (
    <td key={column.id} data-align={column.align}>
      {column.cell ? column.cell(row) : column.value(row)}
    </td>
  ));
}

/** Numbers by size, text by alphabet, missing values last. */
function compare(a: CsvCell, b: CsvCell): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
  if (b === null || b === undefined) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
