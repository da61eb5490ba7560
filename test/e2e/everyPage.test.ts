import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingBrowser } from './support/browser.ts';
import { EVERY_PAGE, expectFull, expectStates } from './support/everyPage.ts';
import { callerOf, openVisit, type Visit } from './support/visit.ts';
import { planWeek } from './support/week.ts';

/** Every page of the navigation with a planned, published and partly run week in it. */
describe.skipIf(missingBrowser !== null)('every page', { sequential: true }, () => {
  let visit: Visit;

  beforeAll(async () => {
    visit = await openVisit({ height: 800, having: 'sample' });
    await planWeek(await callerOf(visit.context, visit.url));
  });
  afterAll(() => visit?.close());

  it.each(EVERY_PAGE)('$name: full, at both widths, in both themes, by keyboard alone', async entry => {
    await expectFull(visit.page, visit.url, entry);
  });

  it.each(EVERY_PAGE)('$name: loading and failing', async entry => {
    await expectStates(visit.page, visit.url, entry);
  });

  it('says above every page that the server is gone, keeps what it shows, and goes on when it is back', async () => {
    const { page, context, url } = visit;
    await page.goto(`${url}/queues`);
    await page.getByRole('button', { name: 'Edit Pharmacy', exact: false }).first().waitFor();
    await context.setOffline(true);
    await page.getByRole('navigation').getByRole('link', { name: 'History', exact: true }).click();
    await page.getByText('The server cannot be reached. What you see may be out of date').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Queues', exact: true }).click();
    await page.getByRole('button', { name: 'Edit Pharmacy', exact: false }).first().waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('The server cannot be reached. What you see').waitFor({ state: 'hidden' });
  });

  it('takes months of a history away as a workbook', async () => {
    const { page, url } = visit;
    await page.goto(`${url}/history`);
    await page.getByText('Quarter', { exact: true }).click();
    await page.waitForLoadState('networkidle');
    const chart = page.locator('section', { has: page.getByRole('heading', { name: 'Calls per interval' }) });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: 'XLSX', exact: true }).click(),
    ]);
    const sheet = await readSheet(await download.path());
    expect(sheet[0]).toEqual(['Interval start', 'Offered', 'Handled', 'Abandoned', 'AHT (s)']);
    // 92 days of quarter-hours and the heading: more than is packed without a worker.
    expect(sheet.length).toBe(92 * 96 + 1);
  });

  it('never broke the content security policy nor a script', () => {
    expect(visit.faults).toEqual([]);
  });
});
