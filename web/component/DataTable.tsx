import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortDirection,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import type { CsvCell, Figures } from '../lib/csv.ts';
import { t } from '../locale/i18n.ts';
import classes from './DataTable.module.css';
import { ExportButtons } from './ExportButtons.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** With units where it has some; the header of the file. */
  readonly csvHeader?: string;
  readonly head?: ReactNode;
  /** What the column is sorted by. */
  readonly value: (row: Row) => string | number | null;
  readonly cell?: (row: Row) => ReactNode;
  /** What stands in the file, where it is not `value`. */
  readonly taken?: (row: Row) => CsvCell;
  readonly align?: 'start' | 'end';
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Stands below the others however they are sorted. */
  readonly total?: Row | undefined;
  /** Of what is taken away, without its ending; the caption otherwise. */
  readonly fileName?: string;
  readonly maxHeight?: number;
  readonly empty?: ReactNode;
}

/** A plain sortable table; what it shows can be taken away as CSV and as a workbook. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, total, fileName, maxHeight, empty } = props;
  const table = useSortedTable(props);
  const byId = useMemo(() => new Map(columns.map(column => [column.id, column])), [columns]);
  const sorted = table.getRowModel().rows;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div>
      <ScrollRegion label={caption} className={classes.scroll} style={maxHeight ? { maxHeight } : {}}>
        <table className={classes.table}>
          <caption className="visuallyHidden">{caption}</caption>
          <thead>
            <tr>
              {table.getHeaderGroups()[0]?.headers.map(header => (
                <ColumnHead
                  key={header.id}
                  column={byId.get(header.column.id)}
                  direction={header.column.getIsSorted()}
                  onSort={header.column.getToggleSortingHandler()}
                />
              ))}
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
      <div className={classes.foot}>
        <span>{t('table.rows', { count: rows.length })}</span>
        <div>
          <ExportButtons
            fileName={fileName ?? fileNameOf(caption)}
            figures={() =>
              figuresOf(columns, [...sorted.map(row => row.original), ...(total ? [total] : [])])
            }
          />
        </div>
      </div>
    </div>
  );
}

/** `Past imports` becomes `past-imports`. */
function fileNameOf(caption: string): string {
  return caption.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

function useSortedTable<Row extends object>({ columns, rows, rowKey }: DataTableProps<Row>) {
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
  return useTable({ features, columns: definitions, data, getRowId: rowKey });
}

function figuresOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): Figures {
  return {
    header: columns.map(column => column.csvHeader ?? column.header),
    rows: rows.map(row => columns.map(column => (column.taken ?? column.value)(row))),
  };
}

const SORTED = {
  asc: { aria: 'ascending', mark: ' ↑' },
  desc: { aria: 'descending', mark: ' ↓' },
} as const;

function ColumnHead<Row>(props: {
  readonly column: TableColumn<Row> | undefined;
  readonly direction: false | SortDirection;
  readonly onSort: ((event: unknown) => void) | undefined;
}) {
  const { column, direction, onSort } = props;
  const sorted = direction ? SORTED[direction] : null;
  return (
    <th scope="col" data-align={column?.align} aria-sort={sorted?.aria ?? 'none'}>
      <button type="button" onClick={onSort}>
        {column?.head ?? column?.header}
        <span aria-hidden="true">{sorted?.mark}</span>
      </button>
    </th>
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
