import { Modal } from '@mantine/core';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { instantColumn } from '../../component/instantColumn.ts';
import { formatNumber, formatPercent, formatSigned } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { type Described, levelAt, shownQueues } from './words.ts';

/** One interval of the coverage strip. */
interface CoverageRow {
  readonly start: number;
  readonly required: number;
  readonly scheduled: number;
  /** Predicted service level, 0–1, by queue. */
  readonly levels: ReadonlyMap<string, number | null>;
}

/** The coverage strip of the days shown, as a table to read and to take along. */
export function CoverageTable({ onClose, ...described }: Described & { readonly onClose: () => void }) {
  const { setting, view } = described;
  const { queues } = useWorkplace();
  const nameOf = (id: string) => queues.find(queue => queue.id === id)?.name ?? '';
  const ids = shownQueues(described);
  return (
    <Modal opened onClose={onClose} size={960} title={t('schedule.coverTable.show')}>
      <p>{t('schedule.coverTable.note')}</p>
      <DataTable
        caption={t('schedule.coverTable.caption')}
        columns={columnsOf(
          ids.map(id => ({ id, name: nameOf(id) })),
          setting.schedule.timeZone,
        )}
        rows={rowsOf(described, ids)}
        rowKey={row => String(row.start)}
        fileName={`coverage-${setting.schedule.weekStart}${view.day === null ? '' : `-day-${view.day + 1}`}`}
        maxHeight={460}
      />
    </Modal>
  );
}

function rowsOf(described: Described, queueIds: readonly string[]): readonly CoverageRow[] {
  const { editor, view, queueId } = described;
  const { required, scheduled } = editor.evaluator.coverage(queueId);
  return Array.from({ length: view.lastSlot - view.firstSlot }, (_, i): CoverageRow => {
    const slot = view.firstSlot + i;
    const start = view.whole.from + slot * view.stepSeconds;
    return {
      start,
      required: required[slot] ?? 0,
      scheduled: scheduled[slot] ?? 0,
      levels: new Map(queueIds.map(id => [id, levelAt(described, id, slot)])),
    };
  });
}

function columnsOf(
  queues: readonly { readonly id: string; readonly name: string }[],
  timeZone: string,
): readonly TableColumn<CoverageRow>[] {
  const agents = (id: 'required' | 'scheduled'): TableColumn<CoverageRow> => ({
    id,
    header: t(`schedule.coverTable.${id}`),
    value: row => row[id],
    cell: row => formatNumber(row[id]),
    align: 'end',
  });
  return [
    instantColumn({ id: 'when', header: t('schedule.coverTable.when'), at: row => row.start, timeZone }),
    agents('required'),
    agents('scheduled'),
    {
      id: 'difference',
      header: t('schedule.coverTable.difference'),
      value: row => row.scheduled - row.required,
      cell: row => formatSigned(row.scheduled - row.required),
      align: 'end',
    },
    ...queues.map(
      ({ id, name }): TableColumn<CoverageRow> => ({
        id,
        header: t('schedule.coverTable.serviceLevel', { queue: name }),
        value: row => row.levels.get(id) ?? null,
        cell: row => formatPercent(row.levels.get(id)),
        align: 'end',
      }),
    ),
  ];
}
