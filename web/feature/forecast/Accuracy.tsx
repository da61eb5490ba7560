import { Badge, SegmentedControl } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { accuracySchema, certificateSchema } from '../../../api/contract/forecast.ts';
import { Card } from '../../component/Card.tsx';
import { DataTable, type TableColumn } from '../../component/DataTable.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Term } from '../../component/Term.tsx';
import { formatNumber, formatPercent, formatPoints } from '../../lib/format.ts';
import { t } from '../../locale/i18n.ts';

type AccuracyRow = z.output<typeof accuracySchema>;

const COLUMNS: readonly TableColumn<AccuracyRow>[] = [
  {
    id: 'horizon',
    header: t('forecast.accuracyColumn.horizon'),
    value: row => row.horizonDays,
    cell: row => t('forecast.horizon', { count: row.horizonDays }),
  },
  {
    id: 'wape',
    header: t('forecast.accuracyColumn.wape'),
    head: <Term id="wape" />,
    align: 'end',
    value: row => row.wape,
    cell: row => formatPercent(row.wape, 1),
  },
  {
    id: 'naive',
    header: t('forecast.accuracyColumn.naive'),
    head: <Term id="naive">{t('forecast.accuracyColumn.naive')}</Term>,
    align: 'end',
    value: row => row.naiveWape,
    cell: row => formatPercent(row.naiveWape, 1),
  },
  {
    id: 'improvement',
    header: t('forecast.accuracyColumn.improvement'),
    align: 'end',
    value: row => row.improvement,
    cell: row => <b>{formatPercent(row.improvement)}</b>,
  },
  {
    id: 'bias',
    header: t('forecast.accuracyColumn.bias'),
    head: <Term id="bias">{t('forecast.accuracyColumn.bias')}</Term>,
    align: 'end',
    value: row => row.bias,
    cell: row => formatPoints(row.bias),
  },
  {
    id: 'mase',
    header: t('forecast.accuracyColumn.mase'),
    head: <Term id="mase" />,
    align: 'end',
    value: row => row.mase,
    cell: row => formatNumber(row.mase, 2),
  },
];

/** The backtest against the naive forecast, per horizon. Every figure is computed from this queue's own history. */
export function Accuracy({ query }: { readonly query: UseQueryResult<z.output<typeof certificateSchema>> }) {
  const [grain, setGrain] = useState('intervals');
  return (
    <Loaded query={query} height={220}>
      {certificate => {
        const rows = grain === 'days' ? certificate.days : certificate.intervals;
        const first = rows.find(row => row.improvement !== null);
        return (
          <Card
            title={t('forecast.accuracy')}
            note={t('forecast.accuracyNote', { origins: rows[0]?.origins ?? 0 })}
            actions={
              <SegmentedControl
                size="xs"
                value={grain}
                onChange={setGrain}
                data={[
                  { value: 'intervals', label: t('forecast.perInterval') },
                  { value: 'days', label: t('forecast.perDay') },
                ]}
              />
            }
          >
            {first?.improvement != null ? (
              <p>
                <b>
                  {first.improvement >= 0
                    ? t('forecast.better', { share: formatPercent(first.improvement) })
                    : t('forecast.worse', { share: formatPercent(-first.improvement) })}
                </b>
              </p>
            ) : null}
            <DataTable
              caption={t('forecast.accuracy')}
              columns={[...COLUMNS, ...coverageColumns(rows)]}
              rows={rows}
              rowKey={row => String(row.horizonDays)}
              fileName="accuracy"
            />
            {certificate.candidates.length > 1 ? (
              <p>
                {t('forecast.candidates')}:{' '}
                {certificate.candidates.map(candidate => (
                  <Badge
                    key={candidate.modelName}
                    variant={candidate.chosen ? 'filled' : 'default'}
                    tt="none"
                    fw={500}
                    mr={6}
                  >
                    {candidate.modelName} {formatPercent(candidate.wape, 1)}
                  </Badge>
                ))}
              </p>
            ) : null}
          </Card>
        );
      }}
    </Loaded>
  );
}

/** How often the bands held what came, per level. */
function coverageColumns(rows: readonly AccuracyRow[]): readonly TableColumn<AccuracyRow>[] {
  return (rows[0]?.coverage ?? []).map(({ level }, i) => {
    const header = t('forecast.accuracyColumn.coverage', { level: formatPercent(level) });
    return {
      id: `held${level}`,
      header,
      head: <Term id="band">{header}</Term>,
      align: 'end',
      value: row => row.coverage[i]?.share ?? null,
      cell: row => formatPercent(row.coverage[i]?.share),
    };
  });
}
