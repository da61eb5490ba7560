import type { Browser, Page } from 'playwright-core';
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
const PAGES = [
  'Import',
  'History',
  'Forecast',
  'Staffing',
  'Schedule',
  'Today',
  'Review',
  'Attainment',
  'What-if',
  'Headcount',
  'Queues',
  'People',
  'Settings',
];
const PATIENT = { timeout: 20_000 };

/** A whole shift that is on the screen with room to its right. */
async function visibleShift(page: Page) {
  for (const shift of await page.locator('[data-row] [data-shift]:not([data-edge])').all()) {
    const box = await shift.boundingBox();
    if (box && box.x > 480 && box.x + box.width < 1000 && box.y < 800) return box;
  }
  throw new Error('no shift lies wholly on the screen');
}

type Box = Awaited<ReturnType<typeof visibleShift>>;

async function holdAndMove(page: Page, box: Box, pixels: number): Promise<void> {
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + pixels, box.y + box.height / 2, { steps: 8 });
}

async function dragBy(page: Page, box: Box, pixels: number): Promise<void> {
  await holdAndMove(page, box, pixels);
  await page.mouse.up();
}

/** The way of a newcomer: sample → forecast → staffing → schedule, drag, undo → publish → a day of actuals → review. */
describe.skipIf(missingBrowser !== null)('first run', { sequential: true }, () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    faults = watchForFaults(page);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('creates the first administrator', async () => {
    await createAdministrator(page, product.url);
    await page.getByRole('button', { name: 'Load sample centre' }).waitFor();
    await expectAccessible(page, 'start, empty');
    await picture(page, '01-start-empty');
  });

  it('loads the sample centre', async () => {
    await page.getByRole('button', { name: 'Load sample centre' }).click();
    await page.getByRole('button', { name: 'Remove the sample centre' }).waitFor({ timeout: JOB_TIMEOUT });
    expect(await page.getByText('Sample', { exact: true }).first().isVisible()).toBe(true);
    await picture(page, '02-start-sample');
  });

  it('forecasts every queue and says how much better than the naive forecast', async () => {
    await openPage(page, 'Forecast');
    await page.getByRole('button', { name: 'Forecast all queues' }).click();
    await page.getByRole('heading', { name: 'The week ahead' }).waitFor({ timeout: JOB_TIMEOUT });
    await page.getByText(/Better than last week’s same day by \d/).waitFor();
    await picture(page, '03-forecast');
    await expectAccessible(page, 'forecast');
  });

  it('shows the headcount follow the service-level slider', async () => {
    await page.getByRole('link', { name: 'Staff for this forecast' }).click();
    const hours = page.getByText('Agent hours').locator('xpath=../following-sibling::div').first();
    await hours.waitFor();
    const before = await hours.textContent();
    const slider = page.getByRole('slider', { name: 'Service level' });
    await slider.focus();
    for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => hours.textContent(), PATIENT).not.toBe(before);
    await picture(page, '04-staffing');
    await expectAccessible(page, 'staffing');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => hours.textContent(), PATIENT).toBe(before);
    await page.getByRole('button', { name: 'Save the requirement' }).click();
    await page.getByText(/Requirement saved for 4 queues/).waitFor({ timeout: JOB_TIMEOUT });
  });

  it('generates a schedule as a proposal', async () => {
    await page.getByRole('link', { name: 'Schedule this week' }).click();
    await page.getByRole('button', { name: 'Start the week’s schedule' }).click();
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await page.getByRole('button', { name: 'Accept all' }).waitFor({ timeout: JOB_TIMEOUT });
    await picture(page, '05-proposal');
    await page.getByRole('button', { name: 'Accept all' }).click();
    await page.locator('[data-shift]').first().waitFor();
    await picture(page, '06-schedule');
    await expectAccessible(page, 'schedule');
  });

  it('shows the coverage follow a drag before the drop, and takes the drag back', async () => {
    const missing = page.getByText(/^Missing hours/).first();
    const before = await missing.textContent();
    const box = await visibleShift(page);
    await holdAndMove(page, box, 132);
    await expect.poll(() => missing.textContent(), PATIENT).not.toBe(before);
    await picture(page, '07-drag');
    await page.mouse.up();
    await page.getByText(/^Done: move/).waitFor();
    const undo = page.getByRole('button', { name: /^Undo: move/ });
    await undo.waitFor();
    await undo.click();
    await expect.poll(() => missing.textContent(), PATIENT).toBe(before);
    await page.getByText('All changes saved').waitFor();
  });

  it('offers both versions when two planners change the same day', async () => {
    const other = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await other.addCookies(await page.context().cookies());
    const colleague = await other.newPage();
    colleague.setDefaultTimeout(20_000);
    // A slow network: the colleague does not yet see what happens here.
    await colleague.route('**/edits/since/**', route => route.abort());
    await colleague.goto(`${product.url}/schedule`);
    await colleague.locator('[data-shift]').first().waitFor();
    const box = await visibleShift(page);
    await dragBy(page, box, 66);
    await page.getByText('All changes saved').waitFor();
    await dragBy(colleague, box, -33);
    const dialog = colleague.getByRole('dialog', { name: 'Somebody else changed the same day' });
    await dialog.waitFor();
    await picture(colleague, '07-conflict');
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await colleague.locator('[data-selected], [data-shift]').count()).toBeGreaterThan(0);
    await other.close();
  });

  it('publishes the week', async () => {
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).waitFor();
    await dialog.getByRole('textbox').fill('First week');
    await picture(page, '08-publish');
    await expectAccessible(page, 'publish dialog');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published as version 1.').waitFor();
  });

  it('plays a day of actuals and reviews it', async () => {
    await openPage(page, 'Today');
    await page.getByRole('button', { name: 'Feed a day of actuals' }).click();
    await page.getByText(/intervals of actuals are in/).waitFor({ timeout: JOB_TIMEOUT });
    await page.getByRole('heading', { name: 'Calls through the day' }).waitFor();
    await picture(page, '09-today');
    await expectAccessible(page, 'today');
    await openPage(page, 'Review');
    await page.getByRole('heading', { name: 'Why service level differed from plan' }).waitFor();
    await page.getByRole('heading', { name: 'Day by day' }).waitFor();
    await picture(page, '10-review');
    await expectAccessible(page, 'review');
  });

  it('leaves a tick at every step of the start page', async () => {
    await openPage(page, 'Start');
    await page.getByText(/of 8 done/).waitFor();
    await picture(page, '11-start-done');
    expect(await page.getByText(/(7|8) of 8 done/).isVisible()).toBe(true);
  });

  it.each(PAGES)('%s is accessible, at both widths and in both themes', async name => {
    await openPage(page, name);
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, name);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        // Colours fade into each other.
        await page.waitForTimeout(400);
        await picture(page, `page-${name.toLowerCase().replaceAll(' ', '-')}-${width}-${colorScheme}`);
      }
    }
    await expectAccessible(page, `${name}, dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('never broke the content security policy nor a script', () => {
    expect(faults).toEqual([]);
  });
});
