import { ActionIcon, Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Forecast, ForecastLayer } from '../../../api/contract/forecast.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { Card } from '../../component/Card.tsx';
import { Failure } from '../../component/Failure.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { call } from '../../lib/api.ts';
import { formatDay, formatNumber, formatSigned } from '../../lib/format.ts';
import { useMay } from '../../lib/session.ts';
import { t } from '../../locale/i18n.ts';
import { LayerForm } from './LayerForm.tsx';
import classes from './Layers.module.css';

interface LayersProps {
  readonly forecast: Forecast;
  readonly timeZone: string;
}

/** Named, dated, signed changes over the model; each can be switched off and is judged once actuals are there. */
export function Layers({ forecast, timeZone }: LayersProps) {
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const layers = useQuery({
    queryKey: ['layers', forecast.id],
    queryFn: () => call(ROUTES.listLayers, { params: { id: forecast.id } }),
  });
  const { refresh, toggle, remove } = useLayerChanges(forecast.id);
  const failed = toggle.error ?? remove.error;
  const mayChange = may('forecast.manage');
  return (
    <Card
      title={t('forecast.layers')}
      actions={
        mayChange ? (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t('forecast.addLayer')}
          </Button>
        ) : null
      }
    >
      {failed ? <Failure error={failed} /> : null}
      <Loaded query={layers} height={80}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('forecast.layersNone')}</p>
          ) : (
            <ul className={classes.layers}>
              {items.map(layer => (
                <LayerRow
                  key={layer.id}
                  layer={layer}
                  timeZone={timeZone}
                  hands={mayChange ? { toggle, remove } : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding ? (
        <LayerForm
          forecast={forecast}
          timeZone={timeZone}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            refresh();
          }}
        />
      ) : null}
    </Card>
  );
}

function useLayerChanges(forecastId: string) {
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['layers', forecastId] });
    void client.invalidateQueries({ queryKey: ['forecast-series', forecastId] });
    void client.invalidateQueries({ queryKey: ['explanation', forecastId] });
  };
  const toggle = useMutation({
    mutationFn: (layer: ForecastLayer) =>
      call(ROUTES.updateLayer, {
        params: { id: forecastId, layerId: layer.id },
        body: { active: !layer.active },
      }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (layer: ForecastLayer) =>
      call(ROUTES.removeLayer, { params: { id: forecastId, layerId: layer.id } }),
    onSuccess: refresh,
  });
  return { refresh, toggle, remove };
}

interface LayerRowProps {
  readonly layer: ForecastLayer;
  readonly timeZone: string;
  /** Null for those who may only read. */
  readonly hands: Record<
    'toggle' | 'remove',
    { readonly isPending: boolean; readonly mutate: (layer: ForecastLayer) => void }
  > | null;
}

function LayerRow({ layer, timeZone, hands }: LayerRowProps) {
  return (
    <li>
      <Switch
        size="sm"
        checked={layer.active}
        disabled={!hands || hands.toggle.isPending}
        aria-label={`${t('forecast.layer.on')}: ${layer.name}`}
        onChange={() => hands?.toggle.mutate(layer)}
      />
      <div className={classes.words}>
        <b>{layer.name}</b> · {changeWords(layer)} · {formatDay(layer.from, timeZone)} –{' '}
        {formatDay(layer.to - 1, timeZone)}
        <div className={classes.note}>
          {layer.reason ? `${layer.reason} · ` : null}
          {t('forecast.layer.by', { who: layer.createdBy, when: formatDay(layer.createdAt, timeZone) })} ·{' '}
          {effectWords(layer)}
        </div>
      </div>
      {hands ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('forecast.layer.remove', { name: layer.name })}
          disabled={hands.remove.isPending}
          onClick={() => hands.remove.mutate(layer)}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
      ) : null}
    </li>
  );
}

function changeWords({ change }: ForecastLayer): string {
  switch (change.kind) {
    case 'percent':
      return t('forecast.layer.percent', { value: formatSigned(change.percent, 1) });
    case 'add':
      return t('forecast.layer.add', { value: formatSigned(change.perInterval, 1) });
    case 'values':
      return t('forecast.layer.values', { count: change.values.filter(value => value !== null).length });
    case 'dayTotals':
      return t('forecast.layer.totals', { count: change.totals.length });
  }
}

function effectWords({ effect }: ForecastLayer): string {
  if (effect === null) return t('forecast.layer.untested');
  const figures = { without: formatNumber(effect.errorWithout, 1), with: formatNumber(effect.errorWith, 1) };
  return effect.errorWith < effect.errorWithout
    ? t('forecast.layer.helped', figures)
    : t('forecast.layer.hurt', figures);
}
