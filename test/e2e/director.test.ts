import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays } from '../../forecasting/index.ts';
import { formatMoney } from '../../web/lib/format.ts';
import { expectAccessible, missingBrowser, openPage, picture } from './support/browser.ts';
import { type Person, signInAs } from './support/signInAs.ts';
import { callerOf, loadSample, openVisit, type Visit } from './support/visit.ts';
import { planWeek, weekInHand } from './support/week.ts';

const WIDE = { width: 1920, height: 1080 };
const NARROW = { width: 1280, height: 800 };

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if (await target.evaluate(element => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the element cannot be reached by the Tab key');
}

async function pictures(page: Page, name: string): Promise<void> {
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await picture(page, `director-${name}-${size.width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/**
 * The way of a director, with a director's permissions: one look, down to the interval, why and for how much, a page
 * for the month; and what it shows without data.
 */
describe.skipIf(missingBrowser !== null)('director', { sequential: true }, () => {
  let visit: Visit;
  let director: Person;
  let page: Page;
  /** The administrator, who makes what a director finds. */
  let api: Caller;
  /** The week that has a published plan, and a Monday of actuals. */
  let week = { siteId: '', from: '', to: '' };

  beforeAll(async () => {
    visit = await openVisit({ ...WIDE, having: 'account' });
    api = await callerOf(visit.context, visit.url);
    director = await signInAs(visit, 'director', WIDE);
    ({ page } = director);
  });
  afterAll(() => visit?.close());

  it('says what to do while there is nothing to see', async () => {
    await openPage(page, 'Attainment');
    await page.getByRole('heading', { name: 'No actuals in this period' }).waitFor();
    await expectAccessible(page, 'attainment, empty');
    await pictures(page, 'empty');
  });

  it('answers whether, where, why, for how much and how it felt on one screen', async () => {
    await loadSample(api);
    await api.call(ROUTES.updateSettings, { body: { agentHourCostCents: 3000 } });
    await page.setViewportSize(WIDE);
    await page.goto(`${visit.url}/attainment`);
    const answers = [
      page.getByText('of 4 queues kept their goal').first(),
      page.getByRole('cell', { name: 'Whole site' }),
      page.getByRole('heading', { name: 'Why service level differed from plan' }),
      page.getByText('One more point of service level'),
      page.getByRole('cell', { name: 'Tickets answered in 30 min' }),
    ];
    for (const answer of answers) {
      await answer.waitFor();
      const box = await answer.boundingBox();
      expect((box?.y ?? WIDE.height) + (box?.height ?? 0)).toBeLessThanOrEqual(WIDE.height);
    }
    await expectAccessible(page, 'attainment');
    await pictures(page, 'full');
  });

  it('goes down to the interval and back by keyboard alone, and the address keeps the place', async () => {
    const here = page.getByRole('navigation', { name: 'You are here' });
    const enter = async (name: string | RegExp, heading: string) => {
      await tabTo(page, page.getByRole('table').first().getByRole('link', { name }).first());
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: heading }).waitFor();
    };
    await enter('Nurse triage', 'When: week by week');
    await enter(/–/, 'When: day by day');
    await enter(/,/, 'When: interval by interval');
    expect(await here.getByRole('link').count()).toBe(3);
    expect(new URL(page.url()).search).toMatch(/queue=[\w-]+&week=\d{4}-\d\d-\d\d&day=\d{4}-\d\d-\d\d/);
    await page.reload();
    await page.getByRole('heading', { name: 'When: interval by interval' }).waitFor();
    await expectAccessible(page, 'attainment of a day');
    await picture(page, 'director-interval-1920-light');
    await tabTo(page, here.getByRole('link').first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Where: queue by queue' }).waitFor();
  });

  it('may not bring figures in; an administrator imports surveys: every bad cell is named, then all or nothing', async () => {
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Import' }).count()).toBe(0);
    const desk = visit.page;
    await desk.goto(visit.url);
    await openPage(desk, 'Import');
    const choose = (name: string, rows: string) => {
      const path = join(tmpdir(), name);
      writeFileSync(path, `date,queue,csat\n${rows}`);
      return desk.locator('input[type=file]').last().setInputFiles(path);
    };
    await choose('bad.csv', '2026-05-04,Appointments,42\n2026-05-05,Cardiology,4.1\n');
    await desk.getByRole('heading', { name: '2 cells must be mended first' }).waitFor();
    expect(await desk.getByRole('button', { name: 'Import all values' }).count()).toBe(0);
    await expectAccessible(desk, 'import of surveys');
    await choose('good.csv', '2026-05-04,Appointments,4.2\n');
    await desk.getByRole('button', { name: 'Import all values' }).click();
    await desk.getByText(/^Imported: /).waitFor();
  });

  it('says why a week differed from its plan: a sentence, and parts that sum to the gap', async () => {
    const { siteId, monday } = await weekInHand(api);
    week = { siteId, from: monday, to: addDays(monday, 6) };
    await planWeek(api);
    await page.goto(`${visit.url}/attainment?week=${monday}`);
    const seen = await callerOf(director.context, visit.url);
    const { items } = await seen.call(ROUTES.getVariance, { query: { ...week, by: 'total' } });
    const sentence = items[0]?.sentence ?? '';
    expect(sentence).toMatch(
      /^The service level (was [+−][\d.]+ points against plan; most came from|came as planned)/,
    );
    const why = page.locator('section').filter({ hasText: 'Why service level differed from plan' });
    await why.getByText(sentence).waitFor();
    await why.getByRole('img', { name: sentence }).waitFor();
    await expectAccessible(page, 'attainment of a published week');
    await pictures(page, 'published');
    await why.getByRole('button', { name: 'Show as table' }).click();
    const numbers = await why.getByRole('table').locator('tbody td:nth-child(2)').allTextContents();
    const [planned = Number.NaN, ...rest] = numbers.map(Number);
    const actual = rest.pop() ?? Number.NaN;
    expect(rest).toHaveLength(7);
    // Each cell is rounded to a hundredth of a point.
    const sum = rest.reduce((total, part) => total + part, 0);
    expect(Math.abs(actual - planned - sum)).toBeLessThan(0.05);
    expect(Math.abs(actual - planned)).toBeGreaterThan(0);
  });

  it('says what the published week cost, from its shifts and the hour’s price', async () => {
    const seen = await callerOf(director.context, visit.url);
    const { items } = await seen.call(ROUTES.getMoney, { query: week });
    const site = items.find(row => row.queueId === null);
    if (!site?.paidHours || !site.cost || !site.costPerContact) throw new Error('no cost for the week');
    // Sixty people work eight paid hours on the Monday that has actuals.
    expect(site).toMatchObject({ daysMeasured: 1, daysScheduled: 1, paidHours: 480, cost: 480 * 30 });
    const own = items.filter(row => row.queueId !== null);
    expect(own).toHaveLength(4);
    expect(own.reduce((sum, row) => sum + (row.cost ?? 0), 0)).toBeCloseTo(site.cost, 6);
    expect(site.costPerContact).toBeCloseTo(site.cost / (site.handled ?? 0), 6);
    const money = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Money' }) });
    await money.getByText(formatMoney(site.costPerContact, 'USD', 2), { exact: true }).waitFor();
    await money.getByText('480 h of paid time in the published shifts').waitFor();
    await money.getByText(/on top of the published schedule/).waitFor();
  });

  it('prints a month on one page', async () => {
    await openPage(page, 'Attainment');
    await page.getByRole('link', { name: 'Page for a month' }).click();
    await page.getByRole('heading', { name: 'Our goals and the standards of health call centres' }).waitFor();
    await page.getByRole('heading', { name: 'Week by week' }).waitFor();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, 'month page');
    await pictures(page, 'month');
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format, printBackground: true });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
    }
  });

  it('shows that it waits, and what went wrong with a way on', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    await page.route('**/api/review/attainment**', async route => {
      await held;
      await route.fulfill({ status: 503, contentType: 'application/json', body: '{}' });
    });
    await page.goto(`${visit.url}/attainment?range=week`);
    await page.locator('main').getByRole('status').first().waitFor();
    await picture(page, 'director-loading-1280-light');
    release();
    await page.getByRole('button', { name: 'Try again' }).first().waitFor();
    await expectAccessible(page, 'attainment, failed');
    await pictures(page, 'failed');
    await page.unroute('**/api/review/attainment**');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('heading', { name: 'Attainment', level: 1 }).waitFor();
  });

  it('never broke the content security policy nor a script', () => {
    expect([...director.faults, ...visit.faults]).toEqual([]);
  });
});
