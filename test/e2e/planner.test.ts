import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../api/contract/client.ts';
import { ROUTES } from '../../api/contract/routes.ts';
import { expectAccessible, missingBrowser, picture } from './support/browser.ts';
import { signInAs } from './support/signInAs.ts';
import { callerOf, openVisit, type Visit } from './support/visit.ts';
import { scheduleByHand, weekInHand } from './support/week.ts';

const HOUR = 3600;
const PATIENT = { timeout: 20_000 };
/** Eight people work on Monday, the second of them on Tuesday as well; the ninth is free. */
const DAYS_OF = [[0], [0, 1], [0], [0], [0], [0], [0], [0]];

/** The planner at the schedule: menus, painting, rules while dragging, undo across saves, two planners at once. */
describe.skipIf(missingBrowser !== null)('the schedule editor', { sequential: true }, () => {
  let visit: Visit;
  let page: Page;
  let api: Caller;
  let scheduleId = '';
  let names: readonly string[] = [];

  beforeAll(async () => {
    visit = await openVisit({ having: 'sample' });
    const week = await weekInHand(await callerOf(visit.context, visit.url));
    const reach = { kind: 'site', siteId: week.siteId } as const;
    const planner = await signInAs(visit, 'planner', { width: 1280, height: 900 }, reach);
    ({ page } = planner);
    api = await callerOf(planner.context, visit.url);
    ({ scheduleId, names } = await scheduleByHand(api, week, DAYS_OF));
    await page.goto(`${visit.url}/schedule`);
    await page.locator('[data-shift]').first().waitFor();
  });
  afterAll(() => visit?.close());

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
    const refuse = (route: Route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '/problems/unprocessable',
          title: 'This shift is closed for changes',
          status: 422,
        }),
      });
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
    // Once more at the same place: nobody works twice at once.
    await page.keyboard.press('Control+v');
    await page.getByText(`${to} would have two shifts at once there. Nothing was changed.`).waitFor();
    expect(await stored(to)).toEqual(['12-20']);
    // A change that the server refuses stays in sight until somebody decides.
    await page.route('**/edits', refuse);
    await dragBy(bar(to), await hourWidth(to));
    await page.mouse.up();
    await page.getByText('This shift is closed for changes').waitFor();
    await page.unroute('**/edits', refuse);
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
    const colleague = await visit.context.newPage();
    colleague.setDefaultTimeout(20_000);
    // A slow network: the colleague does not yet see what happens here.
    await colleague.route('**/edits/since/**', route => route.abort());
    await colleague.goto(`${visit.url}/schedule`);
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
      await dialog.getByText(/^changed by One planner, \w+, \w+ \d+, \d\d:\d\d$/).waitFor();
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
    await bar(mine).getByText('07:00–15:00').waitFor();
    await page.getByText(/^Ana Planner changed this schedule: move .* Their shifts are shown\.$/).waitFor();
    await dragBy(bar(mine), hour);
    await page.mouse.up();
    await saved();
    expect(await stored(mine)).toEqual(['8-16']);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('publishes with the times before and after, and goes back to a version as an edit that can be undone', async () => {
    const [name = ''] = names.slice(6);
    const dialog = page.getByRole('dialog');
    const publish = async (note: string, words: string) => {
      await page.getByRole('button', { name: 'Publish…' }).click();
      await dialog.getByText(words).waitFor();
      await dialog.getByRole('textbox').fill(note);
      await dialog.getByRole('button', { name: 'Publish' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await publish('as agreed', 'This is the first version of the week.');
    await page.getByText('Published as version 1.').waitFor();
    expect(await stored(name)).toEqual(['8-16']);
    await dragBy(bar(name), (await hourWidth(name)) * 2);
    await page.mouse.up();
    await saved();
    await page.getByRole('button', { name: 'Publish…' }).click();
    const day = dialog.getByRole('row', { name: new RegExp(`^${name} .*08:00–16:00 10:00–18:00$`) });
    await day.waitFor();
    await expectAccessible(page, 'publish');
    await picture(page, 'planner-publish');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Versions' }).click();
    await dialog.getByRole('row', { name: /^Version 1 .* One planner as agreed$/ }).waitFor();
    await dialog.getByRole('row', { name: new RegExp(`^${name} .*10:00–18:00 08:00–16:00$`) }).waitFor();
    await expectAccessible(page, 'versions');
    await picture(page, 'planner-versions');
    await dialog.getByRole('button', { name: 'Go back to version 1' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => stored(name), PATIENT).toEqual(['8-16']);
    await page.getByRole('button', { name: 'Undo: Go back to version 1' }).click();
    await saved();
    expect(await stored(name)).toEqual(['10-18']);
  });

  it('shows the coverage as a table, and prints everybody', async () => {
    await page.getByRole('button', { name: 'Coverage as a table' }).click();
    const table = page.getByRole('dialog').getByRole('table');
    // A heading, and a row for each quarter-hour of the day in view.
    await expect.poll(() => table.getByRole('row').count(), PATIENT).toBe(1 + 96);
    await expectAccessible(page, 'coverage as a table');
    await page.keyboard.press('Escape');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const printed = page.getByRole('row', { name: new RegExp(`^${names.at(-1)}`) });
    await printed.waitFor();
    await picture(page, 'planner-print');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
  });
});
