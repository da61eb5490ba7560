import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Queue } from '../../../api/contract/centre.ts';
import type { Driver } from '../../../api/contract/driver.ts';
import { localDay } from '../../../forecasting/index.ts';
import { Drivers } from '../../../web/feature/forecast/Drivers.tsx';
import { WorkplaceProvider } from '../../../web/lib/workplace.tsx';
import { theme } from '../../../web/theme.ts';
import { giveElementsASize } from '../component/layout.ts';

const network = await vi.hoisted(async () => (await import('../network.ts')).network);

const ZONE = 'America/Chicago';
const SITE = { id: 'site', name: 'Riverside', timeZone: ZONE, currency: 'USD', archived: false };
const QUEUE: Queue = {
  id: 'queue',
  siteId: 'site',
  name: 'Appointments',
  channel: 'voice',
  concurrency: 1,
  timeZone: ZONE,
  stepSeconds: 900,
  openingHours: { weekly: [[], [], [], [], [], [], []] },
  goal: {},
  goalPeriods: [],
  patienceSeconds: null,
  shortAbandonSeconds: 5,
  shrinkage: [],
  planningGroup: null,
  aliases: [],
  sortOrder: 0,
  revision: 1,
  archived: false,
  historyFrom: localDay('2026-01-05', ZONE).startEpochSeconds,
  historyTo: localDay('2026-03-30', ZONE).startEpochSeconds,
};
const DRIVER: Driver = {
  id: 'd1',
  siteId: 'site',
  queueId: null,
  name: 'Reminders sent',
  unit: 'messages',
  known: { from: '2026-01-05', to: '2026-03-29', days: 84 },
  planned: null,
};
const WRONG = {
  type: '/problems/unprocessable',
  title: 'The request is understood, but cannot be carried out',
  status: 422,
  detail: 'nothing was stored: 1 cell(s) cannot be read',
  issues: [{ path: 'line 2, value', message: 'found “many”, expected a number of 0 or more' }],
};

function show(permissions: readonly string[], series: Parameters<typeof Drivers>[0]['series']): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(['me'], { permissions });
  client.setQueryData(['sites'], { items: [SITE] });
  client.setQueryData(['queues'], { items: [QUEUE] });
  render(
    <MantineProvider env="test" theme={theme}>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <WorkplaceProvider>
            <Drivers queue={QUEUE} series={series} onRun={() => undefined} />
          </WorkplaceProvider>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const NONE = { drivers: [], driversUsed: false };
const USED = { drivers: [{ id: 'd1', name: 'Reminders sent' }], driversUsed: true };
const changes = () => network.sent.filter(({ method }) => method !== 'GET');

beforeAll(() => giveElementsASize());
beforeEach(() => {
  network.sent = [];
  network.answer = ({ path }) => [200, { items: path.includes('/values') ? [] : [DRIVER] }];
});
afterEach(cleanup);

describe('the drivers of the forecast page', () => {
  it('say what to do where there are none, and how to mend what cannot be read', async () => {
    network.answer = () => [200, { items: [] }];
    show(['forecast.manage'], NONE);
    await screen.findByText(/^No driver yet/);
    cleanup();
    network.answer = () => [503, { type: '/problems/unavailable', title: 'Not ready', status: 503 }];
    show(['forecast.manage'], NONE);
    await screen.findByText('Not ready');
    network.answer = () => [200, { items: [DRIVER] }];
    fireEvent.click(screen.getByText('Try again'));
    await screen.findByText('Reminders sent');
  });

  it('tell whether the forecast shown uses them, and offer another where it does not', async () => {
    show(['forecast.manage'], USED);
    await screen.findByText(/In this forecast/);
    expect(screen.queryByText('Forecast again')).toBeNull();
    cleanup();
    show(['forecast.manage'], { ...USED, driversUsed: false });
    await screen.findByText(/no better: not used/);
    cleanup();
    show(['forecast.manage'], NONE);
    await screen.findByText(/Not in this forecast yet/);
    await screen.findByText('Forecast again');
    expect(screen.getByText(/^measured .*2026.* \(84 days\)$/)).toBeTruthy();
  });

  it('send what was pasted with the first day after the history as planned, and name the line that is wrong', async () => {
    show(['forecast.manage'], USED);
    fireEvent.click(await screen.findByText('Values…'));
    const paste = await screen.findByLabelText(/^Two columns/);
    const text = '2026-03-30\t5\n2026-03-31\tmany';
    fireEvent.change(paste, { target: { value: text } });
    network.answer = () => [422, WRONG];
    fireEvent.click(screen.getByText('Store the values'));
    await screen.findByText('line 2, value: found “many”, expected a number of 0 or more');
    expect(changes()).toEqual([
      { method: 'POST', path: '/api/drivers/d1/values', body: { text, plannedFrom: '2026-03-30' } },
    ]);
    const planned = { from: '2026-03-30', to: '2026-03-31', days: 2 };
    network.answer = ({ method, path }) => {
      if (method === 'POST') return [200, { ...DRIVER, planned }];
      return [200, { items: path.includes('/values') ? [] : [DRIVER] }];
    };
    fireEvent.click(screen.getByText('Store the values'));
    await screen.findByText('Stored: 84 measured and 2 planned in all.');
    await screen.findByText('Forecast again');
  });

  it('go only after a question', async () => {
    show(['forecast.manage'], USED);
    fireEvent.click(await screen.findByLabelText('Remove “Reminders sent”'));
    expect(changes()).toEqual([]);
    network.answer = ({ method }) => (method === 'DELETE' ? [204, null] : [200, { items: [] }]);
    fireEvent.click(screen.getByText('Remove it'));
    await screen.findByText(/^No driver yet/);
    expect(changes()).toMatchObject([{ method: 'DELETE', path: '/api/drivers/d1' }]);
  });

  it('are shown, not changed, to those who may only read', async () => {
    show(['forecast.read'], NONE);
    await screen.findByText('Reminders sent');
    expect(screen.queryByText('Add a driver…')).toBeNull();
    expect(screen.queryByLabelText('Remove “Reminders sent”')).toBeNull();
    expect(screen.queryByText('Forecast again')).toBeNull();
  });
});
