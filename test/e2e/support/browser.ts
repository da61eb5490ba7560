import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { withPalette } from './palettePng.ts';

const executablePath = process.env.COVERLINE_BROWSER ?? '/usr/bin/chromium';

/** Why the browser tests cannot run here; null when they can. */
export const missingBrowser = existsSync(executablePath)
  ? null
  : `no Chromium at ${executablePath}: install one, or set COVERLINE_BROWSER`;

if (missingBrowser !== null) {
  if (process.env.CI === 'true') throw new Error(`Browser tests must run in CI: ${missingBrowser}`);
  console.warn(`Browser tests are skipped: ${missingBrowser}`);
}

const screenshots = fileURLToPath(new URL('../../../build/e2e', import.meta.url));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Collects what a page should never say: script errors and violations of the content security policy. */
export function watchForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', error => faults.push(`script error: ${error.message}`));
  page.on('console', message => {
    const text = message.text();
    if (/content security policy|trusted type/i.test(text)) faults.push(text);
  });
  return faults;
}

/** A picture in `build/e2e`, to be looked at; continuous integration, where nobody looks, takes none. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.CI) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

const readmePictures = fileURLToPath(new URL('../pictures', import.meta.url));

/** A small picture for the root README, written when COVERLINE_PICTURES is set. */
export async function readmePicture(page: Page, name: string): Promise<void> {
  await picture(page, name);
  if (!process.env.COVERLINE_PICTURES) return;
  mkdirSync(readmePictures, { recursive: true });
  writeFileSync(join(readmePictures, `${name}.png`), withPalette(await page.screenshot()));
}

/** Serious and critical findings of axe on the page as it stands; by `rules` alone where the rest is known. */
export async function expectAccessible(page: Page, where: string, rules?: readonly string[]): Promise<void> {
  // Legacy: results of frames are not gathered in a tab made for it. Nothing here is in a frame.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  const grave = violations
    .filter(found => found.impact === 'serious' || found.impact === 'critical')
    .map(
      found =>
        `${found.id}: ${found.help}\n    ${found.nodes
          .map(node => node.html.slice(0, 160))
          .slice(0, 4)
          .join('\n    ')}`,
    );
  expect(grave, `axe on ${where}`).toEqual([]);
}

export const ADMINISTRATOR = {
  name: 'Ana Planner',
  email: 'ana@example.org',
  password: 'correct horse battery staple',
} as const;

/** The first screen of a fresh installation, filled in but not sent. */
export async function fillFirstScreen(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Your name').fill(ADMINISTRATOR.name);
  await page.getByLabel('E-mail address').fill(ADMINISTRATOR.email);
  await page.locator('input[type=password]').fill(ADMINISTRATOR.password);
}

export async function createAdministrator(page: Page, url: string): Promise<void> {
  await fillFirstScreen(page, url);
  await page.getByRole('button', { name: 'Create the account and begin' }).click();
  await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
}

/** A link of the side navigation. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
