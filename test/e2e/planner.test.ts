import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { addDays, localDateOf, localDay, weekdayOf } from '../../forecasting/index.ts';
import {
  callerOf,
  createAdministrator,
  expectAccessible,
  launchBrowser,
  missingBrowser,
  picture,
} from './support/browser.ts';
import { type Product, startProduct } from './support/product.ts';

const HOUR = 3600;
const PATIENT = { timeout: 20_000 };

/** The planner at the schedule: menus, painting, rules while dragging, undo across saves, two planners at once. */
describe.skipIf(missingBrowser !== null)('the schedule editor', { sequential: true }, () => {
  let product: Product;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let api: Caller;
  let scheduleId = '';
  let names: readonly string[] = [];

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await createAdministrator(page, product.url);
    await page.getByRole('button', { name: 'Load sample centre' }).click();
    await page.getByRole('button', { name: 'Remove the sample centre' }).waitFor({ timeout: 180_000 });
    api = await callerOf(context, product.url);
    ({ scheduleId, names } = await scheduleByHand(api));
    await page.goto(`${product.url}/schedule`);
    await page.locator('[data-shift]').first().waitFor();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const bar = (name: string, where: Page = page): Locator =>
    where.getByRole('row', { name: new RegExp(`^${name} `) }).locator('[data-shift]:not([data-edge])');
  const saved = (where: Page = page) => where.getByText('All changes saved').waitFor();
  /** What the server has, as hours of the first day by name. */
  const stored = async (name: string): Promise<readonly string[]> => {
    const { shifts } = await api.call(ROUTES.getSchedule, { params: { id: scheduleId } });
    const { items } = await api.call(ROUTES.listAgents, { query: {} });
    const agent = shifts.agentIds.indexOf(items.find(one => one.name === name)?.id ?? '');
    return shifts.shiftIds.flatMap((_, s) =>
      shifts.shiftAgent[s] === agent
        ? [`${(shifts.shiftStart[s] ?? 0) / HOUR}-${(shifts.shiftEnd[s] ?? 0) / HOUR}`]
        : [],
    );
  };
  const dragBy = async (target: Locator, pixels: number, where: Page = page) => {
    const box = await target.boundingBox();
    if (!box) throw new Error('the shift is not on the screen');
    await where.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await where.mouse.down();
    await where.mouse.move(box.x + box.width / 2 + pixels, box.y + box.height / 2, { steps: 6 });
  };
  /** Pixels of one hour at the scale of the day view. */
  const hourWidth = async (name: string, where: Page = page) =>
    ((await bar(name, where).boundingBox())?.width ?? 0) / 8;

  it('opens one menu by right click and by the menu key, and gives the keyboard back', async () => {
    await bar(names[0] ?? '').click({ button: 'right' });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem', { name: /^Lunch here/ }).waitFor();
    await expectAccessible(page, 'schedule menu');
    await picture(page, 'planner-menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await page.keyboard.press('Shift+F10');
    await menu.getByRole('menuitem', { name: /^Duplicate to the next day/ }).click();
    await saved();
    await expect.poll(() => stored(names[0] ?? ''), PATIENT).toEqual(['8-16', '32-40']);
    await page.keyboard.press('Control+z');
    await saved();
    expect(await stored(names[0] ?? '')).toEqual(['8-16']);
  });

  it('says while dragging which rule letting go would break, and counts it', async () => {
    // Sixteen hours after a shift that ends at midnight there would be too little rest.
    const [name = ''] = names.slice(1);
    const broken = page.getByText(/^Broken rules/).first();
    const before = await broken.textContent();
    await dragBy(bar(name), (await hourWidth(name)) * 9);
    await page.getByText(/Letting go here breaks .*(rest|between)/i).waitFor();
    expect(await broken.textContent()).not.toBe(before);
    await picture(page, 'planner-rules-while-dragging');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => broken.textContent(), PATIENT).toBe(before);
    expect(await stored(name)).toEqual(['8-16', '32-40']);
  });

  it('paints a lunch into a shift', async () => {
    const [name = ''] = names.slice(2);
    await page.getByLabel('What dragging does').selectOption({ label: 'Drag: paint Lunch' });
    await dragBy(bar(name), await hourWidth(name));
    await page.mouse.up();
    await saved();
    await bar(name).locator('[data-tone=lunch]').waitFor();
    await page.getByLabel('What dragging does').selectOption({ label: 'Drag: move shifts' });
    expect(await stored(name)).toEqual(['8-16']);
  });

  it('copies and pastes by keyboard, undoes across saves, and takes back what cannot be saved', async () => {
    const [from = '', to = ''] = names.slice(7);
    const box = await bar(from).boundingBox();
    if (!box) throw new Error('the shift is not on the screen');
    // A little after noon: the cursor stands at the interval that begins then.
    await page.mouse.click(box.x + box.width * 0.51, box.y + box.height / 2);
    await page.keyboard.press('Control+c');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+v');
    await saved();
    expect(await stored(to)).toEqual(['12-20']);
    // Once more at the same place: two shifts of one person at once are refused, and the way out is offered.
    await page.keyboard.press('Control+v');
    await page.getByText('two shifts of one agent would overlap').waitFor();
    await page.getByRole('button', { name: 'Take this change back' }).click();
    await saved();
    expect(await stored(to)).toEqual(['12-20']);
    await bar(to).click();
    await page.keyboard.press('Delete');
    await saved();
    expect(await stored(to)).toEqual([]);
    await page.getByRole('button', { name: /^Undo: remove/ }).click();
    await saved();
    expect(await stored(to)).toEqual(['12-20']);
  });

  it('offers both versions when two planners change the same day, and loses neither side’s other work', async () => {
    const [mine = '', other = ''] = names.slice(4);
    const colleague = await context.newPage();
    colleague.setDefaultTimeout(20_000);
    // A slow network: the colleague does not yet see what happens here.
    await colleague.route('**/edits/since/**', route => route.abort());
    await colleague.goto(`${product.url}/schedule`);
    await bar(mine, colleague).waitFor();
    const hour = await hourWidth(mine);

    for (const [choice, expected] of [
      ['Keep theirs', '10-18'],
      ['Keep mine', '7-15'],
    ] as const) {
      await dragBy(bar(mine), hour * (choice === 'Keep theirs' ? 2 : 1));
      await page.mouse.up();
      await saved();
      await bar(mine, colleague).click();
      await bar(other, colleague).click({ modifiers: ['Control'] });
      const box = await bar(mine, colleague).boundingBox();
      const theirHour = (box?.width ?? 0) / 8;
      await dragBy(bar(mine, colleague), choice === 'Keep theirs' ? -theirHour : -theirHour * 3, colleague);
      await colleague.mouse.up();
      const dialog = colleague.getByRole('dialog', { name: 'Somebody else changed the same day' });
      await dialog.waitFor();
      await expectAccessible(colleague, 'conflict');
      await picture(colleague, `planner-conflict-${choice === 'Keep theirs' ? 1 : 2}`);
      await dialog.getByRole('button', { name: choice }).click();
      await dialog.waitFor({ state: 'detached' });
      await saved(colleague);
      expect(await stored(mine)).toEqual([expected]);
    }
    // The other person's day was in the same gestures and in no conflict: both moves of it are there.
    expect(await stored(other)).toEqual(['4-12']);
    await colleague.unroute('**/edits/since/**');
    await colleague.close();
    // This planner sees in turn what the colleague saved, and can go on without a false conflict.
    await expect.poll(async () => (await bar(mine).boundingBox())?.x, PATIENT).toBeLessThan(1000);
    await page.getByText('Somebody else changed this schedule; their shifts are shown.').waitFor();
    await dragBy(bar(mine), hour);
    await page.mouse.up();
    await saved();
    expect(await stored(mine)).toEqual(['8-16']);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

/**
 * A schedule of the planning week with a shift from 8 to 16 on Monday for eight people, and one on Tuesday for
 * the second; the ninth is free. */
async function scheduleByHand(api: Caller): Promise<{ scheduleId: string; names: readonly string[] }> {
  const { items: sites } = await api.call(ROUTES.listSites, {});
  const site = sites[0];
  if (!site) throw new Error('the sample has no site');
  const { items: queues } = await api.call(ROUTES.listQueues, {});
  // The week that the editor shows: the first whole one after the history.
  const last = localDateOf(Math.max(...queues.map(queue => queue.historyTo ?? 0)), site.timeZone);
  const weekStart = addDays(last, (7 - weekdayOf(last)) % 7);
  const schedule = await api.call(ROUTES.createSchedule, {
    body: { siteId: site.id, name: 'By hand', weekStart, days: 7, staffingPlanIds: [], ruleSetId: null },
  });
  const { items: agents } = await api.call(ROUTES.listAgents, { query: { siteId: site.id } });
  const people = agents.slice(0, 8);
  const free = agents[8];
  const monday = localDay(weekStart, site.timeZone).startEpochSeconds;
  const shift = (agentId: string, day: number) => {
    const start = monday + (day * 24 + 8) * HOUR;
    const end = start + 8 * HOUR;
    const activities = [{ kind: 'work' as const, start, end, paid: true }];
    return { id: `${agentId}-${day}`, agentId, start, end, templateId: null, activities };
  };
  const wanted = people.flatMap(({ id }, p) => (p === 1 ? [shift(id, 0), shift(id, 1)] : [shift(id, 0)]));
  await api.call(ROUTES.editSchedule, {
    params: { id: schedule.id },
    body: {
      label: 'by hand',
      changes: wanted.map(after => ({ before: null, after })),
      base: wanted.map(({ agentId, id }) => ({
        agentId,
        date: id.endsWith('-1') ? addDays(weekStart, 1) : weekStart,
        revision: 0,
      })),
    },
  });
  return { scheduleId: schedule.id, names: [...people, ...(free ? [free] : [])].map(({ name }) => name) };
}
