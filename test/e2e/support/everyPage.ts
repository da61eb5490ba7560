import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible, picture } from './browser.ts';

export interface PageEntry {
  readonly name: string;
  readonly path: string;
  /** What a person comes for, when there is something: it can be reached and worked by keyboard. */
  readonly action: {
    readonly role: 'button' | 'link' | 'grid' | 'textbox' | 'tab';
    readonly name: string | RegExp;
  };
  /** How its answers fail when they do: the server's status, or a network that is gone. */
  readonly fails: keyof typeof PROBLEMS | 'offline';
}

const PROBLEMS = {
  403: { type: '/problems/forbidden', title: 'You may not do this', status: 403 },
  500: { type: '/problems/unexpected', title: 'Something went wrong on the server', status: 500 },
  503: { type: '/problems/unavailable', title: 'The database cannot be reached', status: 503 },
} as const;

/** Every page of the navigation. */
export const EVERY_PAGE: readonly PageEntry[] = [
  { name: 'Start', path: '/', action: { role: 'link', name: /Review|Open|Next/ }, fails: 500 },
  { name: 'Import', path: '/import', action: { role: 'button', name: /Choose|file|Browse/i }, fails: 503 },
  { name: 'History', path: '/history', action: { role: 'button', name: 'Show as table' }, fails: 'offline' },
  { name: 'Forecast', path: '/forecast', action: { role: 'button', name: /Forecast/ }, fails: 500 },
  {
    name: 'Staffing',
    path: '/staffing',
    action: { role: 'button', name: 'Save the requirement' },
    fails: 503,
  },
  { name: 'Schedule', path: '/schedule', action: { role: 'grid', name: /Week of/ }, fails: 500 },
  { name: 'Today', path: '/today', action: { role: 'button', name: /Feed a day|Show as table/ }, fails: 503 },
  { name: 'Review', path: '/review', action: { role: 'button', name: 'Show as table' }, fails: 500 },
  {
    name: 'Attainment',
    path: '/attainment',
    action: { role: 'button', name: /Show as table|CSV|Print/ },
    fails: 503,
  },
  {
    name: 'What-if',
    path: '/compare',
    action: { role: 'button', name: /scenario|Duplicate|Add/i },
    fails: 500,
  },
  {
    name: 'Headcount',
    path: '/capacity',
    action: { role: 'button', name: /Show as table|Save/ },
    fails: 503,
  },
  { name: 'Queues', path: '/queues', action: { role: 'button', name: /Add|New/ }, fails: 403 },
  { name: 'People', path: '/people', action: { role: 'tab', name: /Agents|People/ }, fails: 'offline' },
  { name: 'Settings', path: '/settings', action: { role: 'tab', name: /General|access/i }, fails: 503 },
];

const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

async function open(page: Page, url: string, { path, name }: PageEntry): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

function fileName({ name }: PageEntry): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

/**
 * With data: nothing serious for axe in either theme nor with forced colours, nothing wider than the window, and the
 * page's main action within reach of the keyboard alone.
 */
export async function expectFull(page: Page, url: string, entry: PageEntry): Promise<void> {
  await open(page, url, entry);
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.getByText('Loading', { exact: true }).count(), { timeout: 20_000 }).toBe(0);
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      // Reduced motion, so that no colour is caught while it fades into another.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(60);
      await picture(page, `page-${fileName(entry)}-${width}-${colorScheme}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${entry.name} is wider than ${width}`).toBeLessThanOrEqual(0);
  }
  // Only the colours differ from the light theme, which is looked at in full below.
  await expectAccessible(page, `${entry.name}, dark`, ['color-contrast']);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active', reducedMotion: 'reduce' });
  const moving = await page.evaluate(
    () => document.getAnimations().filter(animation => animation.playState === 'running').length,
  );
  expect(moving, `${entry.name} moves although less motion is asked for`).toBe(0);
  await picture(page, `page-${fileName(entry)}-forced`);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' });
  await expectAccessible(page, `${entry.name}, light`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectReachableByKeyboard(page, entry);
}

const MOST_STOPS = 60;

/** From the skip link to the page's main action with Tab alone: every stop is visible, and none holds the focus. */
async function expectReachableByKeyboard(page: Page, entry: PageEntry): Promise<void> {
  const action = page.getByRole('main').getByRole(entry.action.role, { name: entry.action.name }).first();
  await action.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  let last = '';
  let repeats = 0;
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(focusedNow);
    // A date field holds Tab for its day, month, year and calendar.
    repeats = seen.key === last ? repeats + 1 : 0;
    expect(repeats, `${entry.name}: Tab does not leave ${seen.name}`).toBeLessThan(seen.isDate ? 5 : 1);
    expect(seen.visible, `${entry.name}: the focus on ${seen.name} cannot be seen`).toBe(true);
    last = seen.key;
    if (await action.evaluate(element => element === document.activeElement)) return;
  }
  throw new Error(`${entry.name}: ${MOST_STOPS} times Tab do not reach “${entry.action.name}”`);
}

/** Runs in the page: what has the focus, and whether a person sees it. */
function focusedNow() {
  const element = document.activeElement ?? document.body;
  const style = getComputedStyle(element);
  const all = [...document.querySelectorAll('*')];
  const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
  // A switch or a slider draws the ring on the part that stands for it.
  const parts = [...(element.parentElement?.querySelectorAll('*') ?? [])];
  const drawn = parts.some(part => {
    const own = getComputedStyle(part);
    return (
      (own.outlineStyle !== 'none' && Number.parseFloat(own.outlineWidth) > 0) || own.boxShadow !== 'none'
    );
  });
  const isField = element.matches('input, select, textarea');
  return {
    key: String(all.indexOf(element)),
    name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? ''}`,
    visible: ring || drawn || isField,
    isDate: element.matches('input[type=date], input[type=time]'),
  };
}

/** Who is signed in and what they work on: without these there is no page to fail. */
const FRAME = /\/api\/(me|setup|sites|queues)(\?.*)?$/;

/** While answers are on their way the page says so; when they fail it says how to go on, and trying again mends it. */
export async function expectStates(page: Page, url: string, entry: PageEntry): Promise<void> {
  // Answers are held back until the page has been seen waiting.
  let answer = () => {};
  const held = new Promise<void>(resolve => {
    answer = resolve;
  });
  await page.route('**/api/**', async route => {
    if (!FRAME.test(route.request().url())) await held;
    await route.continue();
  });
  await open(page, url, entry);
  const main = page.getByRole('main');
  await main.getByText('Loading', { exact: true }).first().waitFor({ state: 'attached' });
  answer();
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  const { fails } = entry;
  await page.route('**/api/**', route => {
    if (FRAME.test(route.request().url())) return route.continue();
    if (fails === 'offline') return route.abort('internetdisconnected');
    const body = JSON.stringify(PROBLEMS[fails]);
    return route.fulfill({ status: fails, contentType: 'application/problem+json', body });
  });
  await open(page, url, entry);
  const alert = main.getByRole('alert').first();
  await alert.waitFor();
  const title = fails === 'offline' ? 'The server cannot be reached' : PROBLEMS[fails].title;
  expect(await alert.textContent()).toContain(title);
  await expectAccessible(page, `${entry.name}, failing`);
  await picture(page, `page-${fileName(entry)}-failing`);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const again = main.getByRole('button', { name: 'Try again' });
  for (let left = await again.count(); left > 0; left = await again.count()) {
    await again.first().click();
    await page.waitForLoadState('networkidle');
  }
  await alert.waitFor({ state: 'detached' });
}

/** Without data: a heading that says so, and a way on. */
export async function expectEmpty(page: Page, url: string, entry: PageEntry): Promise<void> {
  await open(page, url, entry);
  await page.waitForLoadState('networkidle');
  const ways = page.getByRole('main').locator('a[href], button:not([disabled]), input, [role=tab]');
  expect(await ways.count(), `${entry.name} leaves no way on`).toBeGreaterThan(0);
  const words = (await page.getByRole('main').textContent()) ?? '';
  expect(words.length, `${entry.name} says nothing`).toBeGreaterThan(60);
  await expectAccessible(page, `${entry.name}, empty`);
  await picture(page, `page-${fileName(entry)}-empty`);
}
