import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Agent } from '../../../api/contract/people.ts';
import type { ShiftTemplateEntry } from '../../../api/contract/shift.ts';
import { AgentForm } from '../../../web/feature/people/AgentForm.tsx';
import { Templates } from '../../../web/feature/people/Templates.tsx';
import { theme } from '../../../web/theme.ts';
import { giveElementsASize } from '../component/layout.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly ifMatch: string | null;
  readonly body: unknown;
}
type Answer = (sent: Sent) => readonly [status: number, body: unknown];

/** The network: what was sent, and who answers. In place before the pages' caller takes hold of `fetch`. */
const network = vi.hoisted(() => {
  const state: { sent: Sent[]; answer: Answer } = { sent: [], answer: () => [500, {}] };
  globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const sent = {
      method: init?.method ?? 'GET',
      path: String(input),
      ifMatch: headers.get('if-match'),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
    };
    state.sent.push(sent);
    const [status, body] = state.answer(sent);
    return new Response(JSON.stringify(body), { status });
  };
  return state;
});

const STALE = [
  412,
  { type: '/problems/stale', title: 'This was changed since you read it', status: 412 },
] as const;
const DAY: ShiftTemplateEntry = {
  id: 'day',
  siteId: 'site',
  name: 'Day',
  type: 'early',
  lengthsMinutes: [510],
  starts: [{ earliestMinute: 420, latestMinute: 600, stepMinutes: 15 }],
  weekdays: [0, 1, 2, 3, 4],
  breaks: [{ kind: 'lunch', minutes: 30, paid: false, earliestOffsetMinutes: 180, latestOffsetMinutes: 300 }],
  minSpacingMinutes: 60,
  active: true,
  revision: 4,
};

function show(page: ReactNode): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  client.setQueryData(['me'], { permissions: ['people.manage'] });
  render(
    <MantineProvider env="test" theme={theme}>
      <QueryClientProvider client={client}>{page}</QueryClientProvider>
    </MantineProvider>,
  );
}

const changes = () => network.sent.filter(({ method }) => method !== 'GET');
const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
// By text: asking for roles computes the style of the whole page, which is slow.
const press = (words: string) => fireEvent.click(screen.getByText(words));
const disabled = (words: string) => screen.getByText(words).closest('button')?.disabled;

beforeAll(() => {
  giveElementsASize();
  // A loaded machine draws a form in seconds; the test's own limit is enough.
  configure({ asyncUtilTimeout: 20_000 });
});
beforeEach(() => {
  network.sent = [];
});
afterEach(cleanup);

describe('the shifts of the people page', () => {
  let stored: ShiftTemplateEntry;

  beforeEach(() => {
    stored = DAY;
    network.answer = ({ method, ifMatch, body }) => {
      if (method === 'GET') return [200, { items: [stored] }];
      if (ifMatch !== `"${stored.revision}"`) return STALE;
      stored = { ...stored, ...Object(body), revision: stored.revision + 1 };
      return [200, stored];
    };
    show(<Templates siteId="site" />);
  });

  it('are changed in the form that adds them, with all that the form does not touch', async () => {
    fireEvent.click(await screen.findByText('Day'));
    type(await screen.findByLabelText(/^Lengths/), '6 8.5');
    fireEvent.click(screen.getByLabelText('Friday'));
    press('Add a break');
    fireEvent.click(within(screen.getByLabelText('Break 2')).getByLabelText('Paid'));
    press('Save');
    await waitFor(() => expect(screen.queryByText('Save')).toBeNull());
    const { id: _, siteId: __, revision: ___, ...fields } = DAY;
    // Its usual window begins before that of the lunch.
    const added = { kind: 'break', minutes: 15, paid: false, earliestOffsetMinutes: 120 };
    expect(changes()).toMatchObject([
      {
        method: 'PUT',
        path: '/api/shift-templates/day',
        ifMatch: '"4"',
        body: {
          ...fields,
          lengthsMinutes: [360, 510],
          weekdays: [0, 1, 2, 3],
          breaks: [added, ...DAY.breaks],
        },
      },
    ]);
  });

  it('say what is wrong and are not sent while it is', async () => {
    fireEvent.click(await screen.findByText('Day'));
    type(await screen.findByLabelText('Begins by'), '01:00');
    expect(screen.getByText(/the second not before the first/)).toBeTruthy();
    expect(disabled('Save')).toBe(true);
    type(screen.getByLabelText('Begins by'), 'noon');
    press('Save');
    expect(changes()).toEqual([]);
  });

  it('tell of somebody else’s change, and open anew on it', async () => {
    fireEvent.click(await screen.findByText('Day'));
    stored = { ...DAY, name: 'Long day', revision: 5 };
    type(await screen.findByLabelText(/^Lengths/), '9');
    press('Save');
    await screen.findByText(/changed since you read it/);
    fireEvent.click(screen.getByLabelText('Close'));
    fireEvent.click(await screen.findByText('Long day'));
    type(await screen.findByLabelText(/^Lengths/), '9');
    press('Save');
    await waitFor(() =>
      expect(stored).toMatchObject({ name: 'Long day', lengthsMinutes: [540], revision: 6 }),
    );
  });

  it('are retired after a question, and brought back', async () => {
    fireEvent.click(await screen.findByLabelText('Retire Day'));
    const question = await screen.findByText(/Published weeks/);
    expect(changes()).toEqual([]);
    const [confirm] = screen
      .getAllByText('Retire')
      .filter(word => word.closest('section')?.contains(question));
    fireEvent.click(confirm ?? question);
    fireEvent.click(await screen.findByLabelText('Show retired shifts'));
    fireEvent.click(await screen.findByLabelText('Bring back Day'));
    await screen.findByLabelText('Retire Day');
    expect(changes().map(({ body }) => Object(body).active)).toEqual([false, true]);
    expect(stored).toEqual({ ...DAY, revision: 6 });
  });
});

describe('the form of an agent', () => {
  const ANA: Agent = {
    id: 'ana',
    siteId: 'site',
    teamId: null,
    externalId: null,
    name: 'Ana',
    skills: [{ skillId: 'n', level: 5 }],
    contract: { minHoursPerWeek: 20, targetHoursPerWeek: 30, maxHoursPerWeek: 40 },
    availability: [],
    shiftTemplateIds: ['day'],
    licence: null,
    costPerHourCents: null,
    hiredOn: null,
    leftOn: null,
    active: true,
    revision: 2,
  };

  it('keeps a night, a day off and a licence, and refuses a week without any time', async () => {
    network.answer = () => [200, ANA];
    const closed = vi.fn();
    show(<AgentForm agent={ANA} siteId="site" agents={[ANA]} skills={[]} onClose={closed} />);
    const days = await screen.findAllByLabelText(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/);
    expect(days).toHaveLength(7);
    for (const day of days) type(day, 'none');
    expect(screen.getByText(/at least one day/)).toBeTruthy();
    expect(disabled('Save')).toBe(true);
    type(screen.getByLabelText('Friday'), 'hours');
    type(screen.getByLabelText('Hours on Friday'), '22:00-06:00');
    type(screen.getByLabelText('Saturday'), 'all');
    type(screen.getByLabelText('Licence', { selector: 'input' }), ' RN ');
    press('Save');
    await waitFor(() => expect(closed).toHaveBeenCalled());
    const [sent] = changes();
    expect(sent).toMatchObject({ method: 'PATCH', path: '/api/agents/ana', ifMatch: '"2"' });
    expect(sent?.body).toEqual({
      name: 'Ana',
      contract: ANA.contract,
      skills: ANA.skills,
      licence: 'RN',
      availability: [
        { weekday: 4, startMinute: 1320, endMinute: 1800 },
        { weekday: 5, startMinute: 0, endMinute: 1440 },
      ],
    });
  });
});
