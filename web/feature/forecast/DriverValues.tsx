import { Button, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Driver, DriverDay } from '../../../api/contract/driver.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays, localDateOf, localDay } from '../../../forecasting/index.ts';
import { TimeChartCard } from '../../component/chart/TimeChartCard.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { SERIES } from '../../lib/colours.ts';
import { formatDate } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';

interface DriverValuesProps {
  readonly driver: Driver;
  readonly queue: Queue;
  readonly onClose: () => void;
  readonly onStored: () => void;
}

/** The days of a driver as a chart and a table, and where more of them are pasted. */
export function DriverValues({ driver, queue, onClose, onStored }: DriverValuesProps) {
  const may = useMay();
  const values = useQuery({
    queryKey: ['drivers', 'values', driver.id],
    queryFn: () => call(ROUTES.listDriverValues, { params: { id: driver.id } }),
  });
  return (
    <Modal opened size="xl" onClose={onClose} title={t('forecast.drivers.valuesOf', { name: driver.name })}>
      <Stack gap="sm">
        <Loaded query={values} height={120}>
          {({ items }) =>
            items.length === 0 ? (
              <Text size="sm">{t('forecast.drivers.emptyText')}</Text>
            ) : (
              <DriverChart driver={driver} days={items} />
            )
          }
        </Loaded>
        {may('forecast.manage') ? <PasteValues driver={driver} queue={queue} onStored={onStored} /> : null}
      </Stack>
    </Modal>
  );
}

const ZONE = 'UTC';

function DriverChart({ driver, days }: { readonly driver: Driver; readonly days: readonly DriverDay[] }) {
  const at = useMemo(() => days.map(({ date }) => localDay(date, ZONE).startEpochSeconds), [days]);
  const lines = useMemo(
    () =>
      (['measured', 'plan'] as const).map(kind => ({
        id: kind,
        label: t(`forecast.drivers.${kind}`),
        colour: kind === 'plan' ? SERIES.forecast : SERIES.actual,
        dashed: kind === 'plan',
        values: days.map(({ known, value }) => (known === (kind === 'measured') ? value : null)),
      })),
    [days],
  );
  return (
    <TimeChartCard
      title={driver.name}
      unit={driver.unit}
      fileName={`driver-${driver.name}`}
      at={at}
      timeZone={ZONE}
      lines={lines}
      height={180}
      words={instant => formatDate(instant, ZONE)}
    />
  );
}

type PasteValuesProps = Omit<DriverValuesProps, 'onClose'>;

/** Two columns of a spreadsheet; the server reads them and names the cells that do not fit. */
function PasteValues({ driver, queue, onStored }: PasteValuesProps) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [plannedFrom, setPlannedFrom] = useState(() => dayAfterHistory(queue));
  const store = useMutation({
    mutationFn: () =>
      call(ROUTES.pasteDriverValues, { params: { id: driver.id }, body: { text, plannedFrom } }),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: ['drivers', 'values', driver.id] });
      onStored();
    },
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        store.mutate();
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-autofocus
          label={t('forecast.drivers.paste')}
          description={t('forecast.drivers.pasteHelp')}
          rows={6}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('forecast.drivers.plannedFrom')}
          description={t('forecast.drivers.plannedFromHelp')}
          value={plannedFrom}
          onChange={event => setPlannedFrom(event.currentTarget.value)}
        />
        {store.error ? <Failure error={store.error} /> : null}
        {store.data ? (
          <Text size="sm" role="status">
            {t('forecast.drivers.stored', {
              known: store.data.known?.days ?? 0,
              planned: store.data.planned?.days ?? 0,
            })}
          </Text>
        ) : null}
        <Button type="submit" disabled={text.trim() === '' || plannedFrom === ''} loading={store.isPending}>
          {t('forecast.drivers.store')}
        </Button>
      </Stack>
    </form>
  );
}

/** Past the stored calls everything is a plan, unless the planner says otherwise. */
function dayAfterHistory({ historyTo, timeZone }: Queue): string {
  return historyTo === null ? '' : addDays(localDateOf(historyTo - 1, timeZone), 1);
}
