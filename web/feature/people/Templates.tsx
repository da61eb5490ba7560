import { Button, Checkbox, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ROUTES } from '../../../api/contract/routes.ts';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatHours, formatMinuteOfDay } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { RetireShift, useShiftInUse } from './RetireShift.tsx';
import { ShiftForm } from './ShiftForm.tsx';
import { shortWeekdays } from './shortWeekdays.ts';

/** A kind of shift to change, a new one, or one to retire. */
type Open =
  | { readonly kind: 'form'; readonly template: ShiftTemplateEntry | null }
  | { readonly kind: 'retire'; readonly template: ShiftTemplateEntry };

/** The shifts that there are. */
export function Templates({ siteId }: { readonly siteId: string }) {
  const templates = useQuery({
    queryKey: ['shift-templates', siteId],
    queryFn: () => call(ROUTES.listShiftTemplates, { query: { siteId } }),
  });
  return (
    <Loaded query={templates} height={200}>
      {({ items }) => <TemplateTable siteId={siteId} templates={items} />}
    </Loaded>
  );
}

interface TemplateTableProps {
  readonly siteId: string;
  readonly templates: readonly ShiftTemplateEntry[];
}

function TemplateTable({ siteId, templates }: TemplateTableProps) {
  const mayEdit = useMay()('people.manage');
  const [open, setOpen] = useState<Open | null>(null);
  const [withRetired, setWithRetired] = useState(false);
  const bringBack = useShiftInUse(siteId);
  const hands: ShiftHands = {
    edit: template => setOpen({ kind: 'form', template }),
    retire: template => setOpen({ kind: 'retire', template }),
    bringBack: template => bringBack.mutate({ template, active: true }),
  };
  const close = () => setOpen(null);
  return (
    <>
      {bringBack.error ? <Failure error={bringBack.error} /> : null}
      <Group mb="sm" gap="md">
        {mayEdit ? (
          <Button size="xs" onClick={() => setOpen({ kind: 'form', template: null })}>
            {t('people.templateAdd')}
          </Button>
        ) : null}
        {templates.some(template => !template.active) ? (
          <Checkbox
            size="xs"
            label={t('people.shift.showRetired')}
            checked={withRetired}
            onChange={event => setWithRetired(event.currentTarget.checked)}
          />
        ) : null}
      </Group>
      <DataTable
        caption={t('people.tabs.templates')}
        columns={shiftColumns(mayEdit ? hands : null)}
        rows={templates.filter(template => template.active || withRetired)}
        rowKey={template => template.id}
        fileName="shifts"
        empty={<p>{t('people.templateNone')}</p>}
      />
      {open?.kind === 'form' ? <ShiftForm template={open.template} siteId={siteId} onClose={close} /> : null}
      {open?.kind === 'retire' ? (
        <RetireShift template={open.template} siteId={siteId} onClose={close} />
      ) : null}
    </>
  );
}

interface ShiftHands {
  readonly edit: (template: ShiftTemplateEntry) => void;
  readonly retire: (template: ShiftTemplateEntry) => void;
  readonly bringBack: (template: ShiftTemplateEntry) => void;
}

/** `hands` is null for those who may only read. */
function shiftColumns(hands: ShiftHands | null): readonly TableColumn<ShiftTemplateEntry>[] {
  return [
    {
      id: 'name',
      header: t('people.templateColumn.name'),
      value: template => template.name,
      cell: template =>
        hands ? (
          <Button size="compact-xs" variant="subtle" onClick={() => hands.edit(template)}>
            {template.name}
          </Button>
        ) : (
          template.name
        ),
    },
    ...COLUMNS,
    {
      id: 'inUse',
      header: t('people.shift.status'),
      value: template => t(template.active ? 'people.shift.inUse' : 'people.shift.retired'),
      cell: template => <InUseCell template={template} hands={hands} />,
    },
  ];
}

function InUseCell(props: { readonly template: ShiftTemplateEntry; readonly hands: ShiftHands | null }) {
  const { template, hands } = props;
  const { active, name } = template;
  return (
    <Group gap="xs" wrap="nowrap">
      {t(active ? 'people.shift.inUse' : 'people.shift.retired')}
      {hands ? (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t(active ? 'people.shift.retireOf' : 'people.shift.bringBackOf', { name })}
          onClick={() => (active ? hands.retire(template) : hands.bringBack(template))}
        >
          {t(active ? 'people.shift.retire' : 'people.shift.bringBack')}
        </Button>
      ) : null}
    </Group>
  );
}

const COLUMNS: readonly TableColumn<ShiftTemplateEntry>[] = [
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
        : template.weekdays.map(day => shortWeekdays()[day] ?? '').join(', '),
  },
];
