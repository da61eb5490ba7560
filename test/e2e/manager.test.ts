import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { addCentre, type Centre, quarterHoursCsv } from '../api/centre.ts';
import { expectAccessible, missingBrowser, picture } from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';
import { everyLook } from './support/looks.ts';
import { type Person, signInAs } from './support/signInAs.ts';
import { callerOf, made, openVisit, type Visit } from './support/visit.ts';

const HISTORY_FROM = '2026-03-16';
const START = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;
const PATIENT = { timeout: 15_000 };

const DAYTIME = { weekly: Array.from({ length: 7 }, () => [{ startMinute: 480, endMinute: 1080 }]) };
const within = (seconds: number, target = 0.8) => ({
  serviceLevel: { target, answerWithinSeconds: seconds, definition: 'offered' as const },
});

/** Queues of calls, chats and messages with four weeks of history and the forecasts of the week after. */
async function addWeek(caller: Caller): Promise<Centre> {
  const centre = await addCentre(caller);
  const { siteId } = centre;
  const others = [
    {
      siteId,
      name: 'Nurse triage',
      goal: within(120),
      shrinkage: [{ kind: 'vacation' as const, name: 'Vacation', share: 0.2 }],
    },
    { siteId, name: 'Website chat', channel: 'chat' as const, concurrency: 3, goal: within(60) },
    { siteId, name: 'Portal messages', channel: 'message' as const, goal: within(4 * 3600, 0.9) },
  ];
  const queueIds = [centre.queueId];
  const own = quarterHoursCsv(HISTORY_FROM, 28);
  let all = own;
  for (const body of others) {
    queueIds.push((await caller.call(ROUTES.createQueue, { body: { ...body, openingHours: DAYTIME } })).id);
    all += own.replaceAll(',Appointments,', `,${body.name},`).split('\n').slice(1).join('\n');
  }
  const upload = await caller.call(ROUTES.uploadImport, {
    query: { fileName: 'calls.csv', siteId },
    upload: all,
  });
  const preview = await caller.call(ROUTES.previewImport, { params: { id: upload.id } });
  const commit = await caller.call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  await made(caller, commit);
  const forecasts = await caller.call(ROUTES.createForecasts, {
    body: { name: 'Week 16', queueIds, start: START, days: 7 },
  });
  await made(caller, forecasts);
  return centre;
}

/** The way of a manager, with a manager's permissions: what if … → confirm → save → share → make it the plan → people for the year. */
describe.skipIf(missingBrowser !== null)('the manager', { sequential: true }, () => {
  let visit: Visit;
  let manager: Person;
  let page: Page;
  /** The administrator, who makes what a manager finds. */
  let caller: Caller;
  let centre: Centre;
  let link = '';

  const signedInElsewhere = async (): Promise<BrowserContext> =>
    visit.browser.newContext({ storageState: { cookies: await manager.context.cookies(), origins: [] } });
  const open = async (path: string, heading: string) => {
    await page.goto(`${visit.url}${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const level = (column: number) =>
    page.locator('tr[data-row=serviceLevel] td').nth(column).locator('b').textContent();

  beforeAll(async () => {
    visit = await openVisit({ having: 'account' });
    caller = await callerOf(visit.context, visit.url);
    manager = await signInAs(visit, 'manager', { width: 1280, height: 900 });
    ({ page } = manager);
  });
  afterAll(() => visit?.close());

  it('is told what to do while there is nothing to plan with', async () => {
    await open('/compare', 'What-if');
    await page.getByRole('heading', { name: 'No forecast for this week' }).waitFor();
    await expectAccessible(page, 'what-if, empty');
    await everyLook(page, 'manager-what-if-empty');
    await open('/capacity', 'Headcount');
    await page.getByText('A planner or administrator imports it.').waitFor();
    await expectAccessible(page, 'headcount, empty');
    await everyLook(page, 'manager-headcount-empty');
    centre = await addWeek(caller);
  });

  it('sees that figures are coming, and how to mend it when they do not', async () => {
    let answer: 'wait' | 'fail' | 'pass' = 'wait';
    await page.route('**/api/forecasts/*/series', async route => {
      if (answer === 'wait') return;
      if (answer === 'pass') return route.continue();
      await route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '/problems/unavailable',
          title: 'The service cannot answer just now',
          status: 503,
        }),
      });
    });
    await open('/compare', 'What-if');
    await page.getByRole('status').first().waitFor();
    await everyLook(page, 'manager-what-if-loading');
    answer = 'fail';
    await open('/compare', 'What-if');
    await page.getByRole('alert').waitFor();
    await expectAccessible(page, 'what-if, failing');
    await everyLook(page, 'manager-what-if-failing');
    answer = 'pass';
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tr[data-row=serviceLevel]').waitFor();
    await page.unrouteAll();
  });

  it('moves levers by keyboard alone and sees each figure with its band and its difference', async () => {
    await open('/compare', 'What-if');
    await page.locator('tr[data-row=serviceLevel]').waitFor();
    await tabTo(page, 'Duplicate As planned as a scenario');
    await page.keyboard.press('Enter');
    await tabTo(page, 'As the goals need');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, 'Agents on duty');
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await level(1)) !== (await level(0)), PATIENT).toBe(true);
    const cell = page.locator('tr[data-row=serviceLevel] td').nth(1);
    await expect.poll(() => cell.textContent(), PATIENT).toMatch(/% – [\d.]+%.*−[\d.]+ pts vs plan/);
    await page.getByText(/moves the paid hours most: 10 % more means \+\d+ h/).waitFor();
  });

  it('says of each queue how it is computed', async () => {
    const methodOf = (queue: string) =>
      page
        .getByRole('row', { name: new RegExp(`^${queue} .*`) })
        .getByRole('cell')
        .last();
    expect(await methodOf('Nurse triage').textContent()).toMatch(/give up after .* \(Erlang A\)/);
    expect(await methodOf('Website chat').textContent()).toMatch(/^3 chats at once per agent/);
    expect(await methodOf('Portal messages').textContent()).toMatch(/all of it within 4 h; agents busy 90%/);
  });

  it('changes one queue only, and adds a campaign in figures of its own', async () => {
    const hours = page.locator('tr[data-row=hours] td').nth(1).locator('b');
    const before = await hours.textContent();
    await page.getByRole('combobox', { name: 'Levers apply to' }).selectOption('Nurse triage');
    await page.getByRole('switch', { name: 'A reminder campaign' }).focus();
    await page.keyboard.press('Space');
    await page.getByText(/Nurse triage: 50 more calls from people who reply, 50 fewer/).waitFor();
    await page.getByRole('switch', { name: 'Cover with whole shifts' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => hours.textContent(), PATIENT).not.toBe(before);
    await expectAccessible(page, 'what-if');
  });

  it('confirms by simulation, saves, and shares with colleagues', async () => {
    await tabTo(page, 'Confirm Scenario A by simulation');
    await page.keyboard.press('Enter');
    await page.getByText(/95 % sure: [\d.]+% – [\d.]+%/).waitFor();
    await tabTo(page, 'Save Scenario A');
    await page.keyboard.press('Enter');
    await page.getByText('Saved as “Scenario A”.').waitFor();
    for (const name of ['As planned', 'Scenario A']) {
      await page.getByRole('button', { name: `Duplicate ${name} as a scenario` }).click();
    }
    await everyLook(page, 'manager-what-if-full', true);
    await tabTo(page, 'Share by link');
    await page.keyboard.press('Enter');
    link = await page.getByRole('textbox', { name: 'Link to “Scenario A”' }).inputValue();
    const other = await signedInElsewhere();
    const colleague = await other.newPage();
    await colleague.goto(link);
    await colleague.getByRole('textbox', { name: 'Name' }).waitFor();
    expect(await colleague.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Scenario A');
    await other.close();
  });

  it('makes it the plan after seeing what that changes', async () => {
    await tabTo(page, 'Make it the plan');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /Make “Scenario A” the plan/ });
    await dialog.getByText('Nurse triage').waitFor();
    await picture(page, 'manager-promote');
    await expectAccessible(page, 'promote dialog');
    await tabTo(page, 'Make it the plan');
    await page.keyboard.press('Enter');
    await page.getByText('The plan now follows “Scenario A”.').waitFor();
    const forecasts = await caller.call(ROUTES.listForecasts, { query: { siteId: centre.siteId } });
    const layers = await Promise.all(
      forecasts.items.map(({ id }) => caller.call(ROUTES.listLayers, { params: { id } })),
    );
    expect(layers.flatMap(({ items }) => items.map(layer => layer.name))).toEqual(['Scenario A']);
  });

  it('plans people for the year: classes that close the gap, in people, money and service', async () => {
    await open('/capacity', 'Headcount');
    await page.getByRole('heading', { name: 'By month' }).waitFor();
    await tabTo(page, 'Propose classes that close the gap');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Remove the class of/ })
      .first()
      .waitFor();
    await expectAccessible(page, 'headcount');
    await everyLook(page, 'manager-headcount-full', true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'XLSX', exact: true }).last().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/headcount.*\.xlsx/);
  });

  it('never broke the content security policy nor a script', () => {
    expect(manager.faults).toEqual([]);
  });
});
