import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Caller, createCaller } from '../../../api/contract/client.ts';
import { ROUTES } from '../../../api/contract/routes.ts';
import { finished } from '../../api/centre.ts';
import { createAdministrator, launchBrowser, watchForFaults } from './browser.ts';
import { startProduct } from './product.ts';

/** A product of one's own, with a browser in front of it. */
export interface Visit {
  readonly url: string;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What a page should never say, so far. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  /** What is there when the tests begin: nothing, an administrator who is signed in, the sample centre as well. */
  readonly having: 'nothing' | 'account' | 'sample';
}

const PATIENCE_MS = 30_000;

/** Starts the built product on an empty data folder and opens a browser; `close` ends both. */
export async function openVisit({ width = 1280, height = 900, having }: VisitOptions): Promise<Visit> {
  const product = await startProduct();
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await product.stop();
  };
  try {
    const context = await browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const faults = watchForFaults(page);
    if (having !== 'nothing') await createAdministrator(page, product.url);
    if (having === 'sample') {
      await loadSample(await callerOf(context, product.url));
      // Seen once with its history, the browser keeps the week in hand: actuals that come later do not move it.
      await page.reload();
      await page.getByRole('button', { name: 'Remove the sample centre' }).waitFor();
    }
    return { url: product.url, browser, context, page, faults, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The API as the signed-in person of a browser context, for what a test needs to be there beforehand. */
export async function callerOf(context: BrowserContext, url: string): Promise<Caller> {
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return createCaller({ baseUrl: url, headers: { origin: url, cookie } });
}

/** What a job made; a job that did not succeed fails the test with its own words. */
export async function made(api: Caller, started: { readonly jobId: string }): Promise<readonly string[]> {
  const job = await finished(api, started.jobId);
  if (job.status !== 'succeeded')
    throw new Error(`${job.kind} ${job.status}: ${JSON.stringify(job.problem)}`);
  return job.resultIds;
}

/** As the button of the start page does it. */
export async function loadSample(api: Caller): Promise<void> {
  await made(api, await api.call(ROUTES.loadSample, { body: { seed: 1 } }));
}
