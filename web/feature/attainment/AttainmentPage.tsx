import { Button, Group, Menu, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SERVICE_LEVEL_DEFINITIONS } from '../../../api/contract/centre.ts';
import { urlOf } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { addDays } from '../../../forecasting/index.ts';
import { Card } from '../../component/Card.tsx';
import { EmptyState } from '../../component/EmptyState.tsx';
import { Icon } from '../../component/Icon.tsx';
import { Loaded } from '../../component/Loaded.tsx';
import { Page } from '../../component/Page.tsx';
import { WhyMissed } from '../../component/WhyMissed.tsx';
import { call } from '../../lib/api.ts';
import { formatLocalDate } from '../../lib/format.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { AttainmentTiles } from './AttainmentTiles.tsx';
import { PatientsFelt } from './PatientsFelt.tsx';
import { QueueTable } from './QueueTable.tsx';
import { Trend } from './Trend.tsx';

const RANGES = { week: 7, m1: 31, m3: 92, m12: 365 } as const;
type Range = keyof typeof RANGES;

/** The director's minute: goals kept per queue, how evenly, the trend, and why not. */
export function AttainmentPage() {
  const { site, queues, week } = useWorkplace();
  const [range, setRange] = useState<Range>('m1');
  const [definition, setDefinition] = useState('');
  const [queueId, setQueueId] = useState<string | null>(null);
  const to = addDays(week, 6);
  const from = range === 'week' ? week : addDays(to, 1 - RANGES[range]);
  const chosen = SERVICE_LEVEL_DEFINITIONS.find(name => name === definition);
  const query = { siteId: site?.id ?? '', from, to, ...(chosen && { definition: chosen }) };
  const total = useQuery({
    queryKey: ['attainment', 'total', query],
    queryFn: () => call(ROUTES.getAttainment, { query: { ...query, by: 'total' } }),
    enabled: site !== null,
    placeholderData: previous => previous,
  });
  const shown = queues.find(queue => queue.id === queueId) ?? queues[0];
  const report = (format: 'csv' | 'xlsx') =>
    urlOf(ROUTES.downloadReport, { query: { ...query, by: 'day', format } });
  return (
    <Page
      title={t('attainment.title')}
      lead={`${t('attainment.lead')} ${formatLocalDate(from)} – ${formatLocalDate(to)}`}
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('attainment.range')}
            value={range}
            onChange={value => setRange(value === 'week' || value === 'm3' || value === 'm12' ? value : 'm1')}
            data={(Object.keys(RANGES) as Range[]).map(value => ({
              value,
              label: t(`attainment.ranges.${value}`),
            }))}
          />
          <NativeSelect
            size="xs"
            aria-label={t('attainment.definition')}
            value={definition}
            onChange={event => setDefinition(event.currentTarget.value)}
            data={[
              { value: '', label: t('attainment.ownDefinition') },
              ...SERVICE_LEVEL_DEFINITIONS.map(value => ({
                value,
                label: t(`staffing.definitions.${value}`),
              })),
            ]}
          />
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<Icon name="download" size={15} />}>
                {t('attainment.export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={report('csv')} download>
                CSV
              </Menu.Item>
              <Menu.Item component="a" href={report('xlsx')} download>
                XLSX
              </Menu.Item>
              <Menu.Item onClick={() => window.print()}>{t('action.print')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      }
    >
      <Loaded query={total} height={360}>
        {({ items, definitions }) => {
          const rows = items.filter(row => row.queueId !== null && row.actual.offered !== null);
          if (rows.length === 0 || !site) {
            return (
              <EmptyState icon="attainment" title={t('attainment.none')}>
                {t('attainment.noneText')}
              </EmptyState>
            );
          }
          const whole = items.find(row => row.queueId === null) ?? rows[0];
          return (
            <>
              {whole ? <AttainmentTiles row={whole} /> : null}
              <QueueTable rows={rows} queues={queues} selected={shown?.id ?? null} onSelect={setQueueId} />
              {shown ? (
                <>
                  <Trend
                    key={`${shown.id}${range}`}
                    queue={shown}
                    query={query}
                    initial={range === 'm12' ? 'month' : range === 'm3' ? 'week' : 'day'}
                  />
                  <WhyMissed queueId={shown.id} range={{ from, to }} />
                  <PatientsFelt queue={shown} range={{ from, to }} />
                </>
              ) : null}
              <Card title={t('attainment.definitions')}>
                <dl>
                  {definitions.map(entry => (
                    <div key={entry.id}>
                      <dt>
                        <b>{entry.name}</b>
                      </dt>
                      <dd>
                        {entry.formula} {entry.note}
                      </dd>
                    </div>
                  ))}
                </dl>
              </Card>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
