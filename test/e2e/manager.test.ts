import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../api/contract/routes.ts';
import { localDay } from '../../forecasting/calendar/time.ts';
import { addCentre, type Centre, finished, quarterHoursCsv } from '../api/centre.ts';
import { type BrowserCaller, createBrowser } from '../api/harness.ts';
import {
  ADMINISTRATOR,
  expectAccessible,
  launchBrowser,
  missingBrowser,
  picture,
  watchForFaults,
} from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';
import { everyLook } from './support/looks.ts';
import { type Product, startProduct } from './support/product.ts';

const HISTORY_FROM = '2026-03-16';
const START = localDay('2026-04-13', 'America/Chicago').startEpochSeconds;
const PATIENT = { timeout: 15_000 };

/** Two queues with four weeks of history and the forecast of the week after. */
async function addWeek(caller: BrowserCaller): Promise<Centre> {
  const centre = await addCentre(caller);
  const triage = await caller.call(ROUTES.createQueue, {
    body: {
      siteId: centre.siteId,
      name: 'Nurse triage',
      openingHours: { weekly: Array.from({ length: 7 }, () => [{ startMinute: 480, endMinute: 1080 }]) },
      goal: { serviceLevel: { target: 0.8, answerWithinSeconds: 120, definition: 'offered' } },
      shrinkage: [{ kind: 'vacation', name: 'Vacation', share: 0.2 }],
    },
  });
  const own = quarterHoursCsv(HISTORY_FROM, 28);
  const both = own + own.replaceAll(',Appointments,', ',Nurse triage,').split('\n').slice(1).join('\n');
  const upload = await caller.call(ROUTES.uploadImport, {
    query: { fileName: 'calls.csv', siteId: centre.siteId },
    upload: both,
  });
  const preview = await caller.call(ROUTES.previewImport, { params: { id: upload.id } });
  const commit = await caller.call(ROUTES.commitImport, {
    params: { id: upload.id },
    body: { mapping: { ...preview.mapping, timeZone: 'America/Chicago' }, onRejected: 'refuse' },
  });
  await finished(caller, commit.jobId);
  const { jobId } = await caller.call(ROUTES.createForecasts, {
    body: { name: 'Week 16', queueIds: [centre.queueId, triage.id], start: START, days: 7 },
  });
  const job = await finished(caller, jobId);
  if (job.status !== 'succeeded') throw new Error(`the forecasts failed: ${JSON.stringify(job.problem)}`);
  return centre;
}

/** The way of a manager: what if … → confirm → save → share → make it the plan → people for the year. */
describe.skipIf(missingBrowser !== null)('the manager', { sequential: true }, () => {
  let product: Product;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let caller: BrowserCaller;
  let centre: Centre;
  let link = '';
  let faults: string[] = [];

  const signedIn = async (): Promise<BrowserContext> => {
    const made = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const [name = '', value = ''] = (caller.headers().cookie ?? '').split('=');
    await made.addCookies([{ name, value, url: product.url }]);
    return made;
  };
  const open = async (path: string, heading: string) => {
    await page.goto(`${product.url}${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  };
  const level = (column: number) =>
    page.locator('tr[data-row=serviceLevel] td').nth(column).locator('b').textContent();

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    caller = createBrowser(product.url);
    await caller.call(ROUTES.setUp, { body: { ...ADMINISTRATOR } });
    context = await signedIn();
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    faults = watchForFaults(page);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('is told what to do while there is nothing to plan with', async () => {
    await open('/compare', 'What-if');
    await page.getByRole('heading', { name: 'No forecast for this week' }).waitFor();
    await expectAccessible(page, 'what-if, empty');
    await everyLook(page, 'manager-what-if-empty');
    await open('/capacity', 'Headcount');
    await page.getByRole('link', { name: 'Import a history' }).waitFor();
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
    const other = await signedIn();
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
    expect(faults).toEqual([]);
  });
});
