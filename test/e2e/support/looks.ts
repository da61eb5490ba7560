import type { Page } from 'playwright-core';
import { picture } from './browser.ts';

/** Colours fade into each other. */
const FADE_MS = 250;

/** Pictures at both widths in both themes, then back to what it was. `whole` takes the page to its end. */
export async function everyLook(page: Page, name: string, whole = false): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(FADE_MS);
    for (const width of [1280, 1920]) {
      await page.setViewportSize({ width, height: whole ? 2200 : 900 });
      await picture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}
