import { ActionIcon, Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Driver } from '../../../api/contract/driver.ts';
import type { ForecastSeries } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { DriverForm } from './DriverForm.tsx';
import { DriverValues } from './DriverValues.tsx';
import classes from './Layers.module.css';
import { RunForecast } from './RunForecast.tsx';

interface DriversProps {
  readonly queue: Queue;
  /** The forecast shown. */
  readonly series: Pick<ForecastSeries, 'drivers' | 'driversUsed'>;
  readonly onRun: () => void;
}

/** Figures from outside that move calls, and whether the forecast shown uses them. */
export function Drivers({ queue, series, onRun }: DriversProps) {
  const may = useMay();
  const client = useQueryClient();
  const [isChanged, setChanged] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const drivers = useQuery({
    queryKey: ['drivers', queue.id],
    queryFn: () => call(ROUTES.listDrivers, { query: { siteId: queue.siteId, queueId: queue.id } }),
  });
  const refresh = () => {
    setChanged(true);
    void client.invalidateQueries({ queryKey: ['drivers'] });
  };
  const items = drivers.data?.items ?? [];
  const open = items.find(({ id }) => id === openId);
  const isOutdated = isChanged || items.some(driver => hasValues(driver) && !isIn(driver, series));
  return (
    <Card
      title={t('forecast.drivers.title')}
      note={t('forecast.drivers.note')}
      actions={
        may('forecast.manage') ? (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t('forecast.drivers.add')}
          </Button>
        ) : null
      }
    >
      <Loaded query={drivers} height={80}>
        {() => <DriverList drivers={items} series={series} onOpen={setOpenId} onChanged={refresh} />}
      </Loaded>
      {isOutdated && may('forecast.manage') ? (
        <Group gap="sm" my="sm" role="status">
          <Text size="sm">{t('forecast.drivers.again')}</Text>
          <RunForecast queue={queue} hasForecast onDone={onRun} />
        </Group>
      ) : null}
      <Anchor component={Link} to="/queues" size="sm">
        {t('forecast.drivers.special')}
      </Anchor>
      {isAdding ? (
        <DriverForm
          queue={queue}
          onClose={() => setAdding(false)}
          onAdded={driver => {
            setAdding(false);
            setOpenId(driver.id);
            refresh();
          }}
        />
      ) : null}
      {open ? (
        <DriverValues driver={open} queue={queue} onClose={() => setOpenId(null)} onStored={refresh} />
      ) : null}
    </Card>
  );
}

interface DriverListProps {
  readonly drivers: readonly Driver[];
  readonly series: DriversProps['series'];
  readonly onOpen: (id: string) => void;
  readonly onChanged: () => void;
}

function DriverList({ drivers, series, onOpen, onChanged }: DriverListProps) {
  if (drivers.length === 0) return <p>{t('forecast.drivers.none')}</p>;
  return (
    <ul className={classes.layers}>
      {drivers.map(driver => (
        <DriverRow
          key={driver.id}
          driver={driver}
          state={stateWords(driver, series)}
          onOpen={() => onOpen(driver.id)}
          onRemoved={onChanged}
        />
      ))}
    </ul>
  );
}

interface DriverRowProps {
  readonly driver: Driver;
  readonly state: string;
  readonly onOpen: () => void;
  readonly onRemoved: () => void;
}

function DriverRow({ driver, state, onOpen, onRemoved }: DriverRowProps) {
  const may = useMay();
  const [isAsked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => call(ROUTES.removeDriver, { params: { id: driver.id } }),
    onSuccess: onRemoved,
  });
  const { name } = driver;
  return (
    <li>
      <div className={classes.words}>
        <b>{name}</b>
        {driver.unit === '' ? null : ` · ${driver.unit}`}
        {driver.queueId === null ? ` · ${t('forecast.drivers.wholeSite')}` : null} · {state}
        <div className={classes.note}>{daysWords(driver)}</div>
        {remove.error ? <Failure error={remove.error} /> : null}
        {isAsked ? (
          <Group gap="xs" mt={4} role="alert">
            <span>{t('forecast.drivers.removeSure', { name })}</span>
            <Button size="compact-sm" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('forecast.drivers.removeYes')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
              {t('forecast.drivers.removeNo')}
            </Button>
          </Group>
        ) : null}
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('forecast.drivers.valuesOf', { name })}
        onClick={onOpen}
      >
        {t('forecast.drivers.values')}
      </Button>
      {may('forecast.manage') ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('forecast.drivers.remove', { name })}
          onClick={() => setAsked(true)}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
      ) : null}
    </li>
  );
}

function hasValues({ known, planned }: Driver): boolean {
  return known !== null || planned !== null;
}

function isIn(driver: Driver, { drivers }: DriversProps['series']): boolean {
  return drivers.some(({ id }) => id === driver.id);
}

function stateWords(driver: Driver, series: DriversProps['series']): string {
  if (!isIn(driver, series)) return t('forecast.drivers.notYet');
  return t(series.driversUsed ? 'forecast.drivers.used' : 'forecast.drivers.notBetter');
}

function daysWords(driver: Driver): string {
  const words = (['known', 'planned'] as const).flatMap(kind => {
    const span = driver[kind];
    if (!span) return [];
    const days = t('forecast.drivers.days', { count: span.days });
    return [
      t(`forecast.drivers.${kind}`, {
        from: formatLocalDate(span.from),
        to: formatLocalDate(span.to),
        days,
      }),
    ];
  });
  return words.join(', ') || t('forecast.drivers.empty');
}
