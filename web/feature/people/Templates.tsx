import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatHours, formatMinuteOfDay } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { AddTemplate } from './AddTemplate.tsx';

/** The shifts that there are. */
export function Templates({ siteId }: { readonly siteId: string }) {
  const may = useMay();
  const templates = useQuery({
    queryKey: ['shift-templates', siteId],
    queryFn: () => call(ROUTES.listShiftTemplates, { query: { siteId } }),
  });
  return (
    <Loaded query={templates} height={200}>
      {({ items }) => (
        <>
          {may('people.manage') ? <AddTemplate siteId={siteId} /> : null}
          <DataTable
            caption={t('people.tabs.templates')}
            columns={COLUMNS}
            rows={items.filter(template => template.active)}
            rowKey={template => template.id}
            fileName="shifts"
            empty={<p>{t('people.templateNone')}</p>}
          />
        </>
      )}
    </Loaded>
  );
}

const COLUMNS: readonly TableColumn<ShiftTemplateEntry>[] = [
  { id: 'name', header: t('people.templateColumn.name'), value: template => template.name },
  { id: 'type', header: t('people.templateColumn.type'), value: template => template.type },
  {
    id: 'starts',
    header: t('people.templateColumn.starts'),
    value: template =>
      template.starts
        .map(start =>
          start.earliestMinute === start.latestMinute
            ? formatMinuteOfDay(start.earliestMinute)
            : `${formatMinuteOfDay(start.earliestMinute)}–${formatMinuteOfDay(start.latestMinute)}`,
        )
        .join(', '),
  },
  {
    id: 'lengths',
    header: t('people.templateColumn.lengths'),
    value: template => template.lengthsMinutes.map(minutes => formatHours(minutes / 60)).join(', '),
  },
  {
    id: 'breaks',
    header: t('people.templateColumn.breaks'),
    value: template =>
      template.breaks
        .map(pause =>
          t('people.breakText', { kind: t(`schedule.activity.${pause.kind}`), minutes: pause.minutes }),
        )
        .join(', '),
  },
  {
    id: 'days',
    header: t('people.templateColumn.days'),
    value: template =>
      template.weekdays.length === 0
        ? t('people.everyDay')
        : template.weekdays
            .map(day => t('queues.weekday', { returnObjects: true })[day]?.slice(0, 3) ?? '')
            .join(', '),
  },
];
