import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAdministrator,
  expectAccessible,
  launchBrowser,
  missingBrowser,
  openPage,
  picture,
  watchForFaults,
} from './support/browser.ts';
import { type Product, startProduct } from './support/product.ts';

const JOB_TIMEOUT = 180_000;
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

/** The way of a director: one look, down to the interval, a page for the month; and what it shows without data. */
describe.skipIf(missingBrowser !== null)('director', { sequential: true }, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: WIDE });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    faults = watchForFaults(page);
    await createAdministrator(page, product.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('says what to do while there is nothing to see', async () => {
    await openPage(page, 'Attainment');
    await page.getByRole('heading', { name: 'No actuals in this period' }).waitFor();
    await expectAccessible(page, 'attainment, empty');
    await pictures(page, 'empty');
  });

  it('answers whether, where, why, for how much and how it felt on one screen', async () => {
    await openPage(page, 'Start');
    await page.getByRole('button', { name: 'Load sample centre' }).click();
    await page.getByRole('button', { name: 'Remove the sample centre' }).waitFor({ timeout: JOB_TIMEOUT });
    await page.setViewportSize(WIDE);
    await openPage(page, 'Attainment');
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

  it('imports surveys: every bad cell is named, then all or nothing', async () => {
    await openPage(page, 'Import');
    const choose = (name: string, rows: string) => {
      const path = join(tmpdir(), name);
      writeFileSync(path, `date,queue,csat\n${rows}`);
      return page.locator('input[type=file]').last().setInputFiles(path);
    };
    await choose('bad.csv', '2026-05-04,Appointments,42\n2026-05-05,Cardiology,4.1\n');
    await page.getByRole('heading', { name: '2 cells must be mended first' }).waitFor();
    expect(await page.getByRole('button', { name: 'Import all values' }).count()).toBe(0);
    await expectAccessible(page, 'import of surveys');
    await choose('good.csv', '2026-05-04,Appointments,4.2\n');
    await page.getByRole('button', { name: 'Import all values' }).click();
    await page.getByText(/^Imported: /).waitFor();
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
    await page.goto(`${product.url}/attainment?range=week`);
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
    expect(faults).toEqual([]);
  });
});
