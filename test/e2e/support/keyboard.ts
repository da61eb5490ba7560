import type { Page } from 'playwright-core';

const MOST_STOPS = 200;

/** Presses Tab until the focus is on what bears the name, as somebody without a mouse would. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return '';
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      return (
        element.getAttribute('aria-label') ??
        (labels.length > 0 ? labels.map(label => label.textContent).join(' ') : element.textContent) ??
        ''
      ).trim();
    });
    if (found === name) return;
    seen.push(found);
  }
  throw new Error(`“${name}” is not reached by Tab; reached: ${[...new Set(seen)].join(' · ')}`);
}
