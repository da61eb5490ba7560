import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { editorAnswers } from './editor/answers.ts';
import { busySeconds, countFrames, type FrameCount } from './editor/frames.ts';
import { portOf, serveApp } from './editor/madeUpServer.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const BROWSER = process.env.COVERLINE_BROWSER ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Goals of the schedule editor with 500 agents × 7 days of quarter-hours. */
const GOALS = { framesPerSecond: 50, firstDrawMs: 1000 };
const DRAG_MS = 4000;

/**
 * Opens the built app's schedule page on a made-up week in a real browser, drags a shift in the week view and reports
 * first draw and frames per second beside those of an empty page: `npm run bench -- editor [agents]`. The app is the
 * product's own; only the API's answers are made up.
 */
export async function run(args: readonly string[]): Promise<number> {
  const agents = Number(args[0] ?? 500);
  if (!Number.isInteger(agents) || agents < 1) {
    console.error('usage: npm run bench -- editor [agents]');
    return 2;
  }
  if (!existsSync(BROWSER)) {
    console.error(`No browser at ${BROWSER}: set COVERLINE_BROWSER to a Chromium.`);
    return 1;
  }
  const server = await serveApp(join(root, 'build', 'web'), editorAnswers(agents));
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: BROWSER, headless: true, args: FLAGS });
  try {
    return report(agents, await measure(browser, `http://127.0.0.1:${portOf(server)}`));
  } finally {
    await browser.close();
    server.close();
  }
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(browser: Browser, origin: string) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // Thread time, because the wall clock also counts what other programs take.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(`${origin}/icon.svg`);
  const empty = await countFrames(page, session, DRAG_MS / 2);
  // Once unmeasured, so that the files are in the browser's cache as they are for who opens the page every day.
  await firstDraw(page, `${origin}/schedule`);
  const firstDrawMs = await firstDraw(page, `${origin}/schedule`);
  // A page counts from its own beginning.
  const firstDrawBusyMs = (await busySeconds(session)) * 1000;
  await page.getByText('Week', { exact: true }).click();
  await page.waitForTimeout(1000);
  const box = await page.locator('[data-shift]:not([data-edge])').nth(12).boundingBox();
  if (!box) throw new Error('no shift is drawn');
  const hand = { x: box.x + box.width / 2, y: box.y + box.height / 2, reach: 400 };
  const drag = await countFrames(page, session, DRAG_MS, hand);
  return { empty, firstDrawMs, firstDrawBusyMs, drag };
}

/** Milliseconds from opening the address until shifts have been painted. */
async function firstDraw(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForSelector('[data-shift]');
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        requestAnimationFrame(() => resolve(performance.now()));
      }),
  );
}

function report(agents: number, { empty, firstDrawMs, firstDrawBusyMs, drag }: Measured): number {
  const line = (frames: FrameCount) =>
    `${frames.framesPerSecond.toFixed(1)} frames/s (median ${frames.medianFrameMs.toFixed(1)} ms, slowest ` +
    `${frames.slowestFrameMs.toFixed(0)} ms), ${frames.busyMsPerFrame.toFixed(1)} ms busy per frame, ` +
    `${frames.longTasks} long tasks`;
  console.log(`${agents} agents × 7 days of quarter-hours`);
  console.log(`first draw   ${firstDrawMs.toFixed(0)} ms, of which ${firstDrawBusyMs.toFixed(0)} ms busy`);
  console.log(`drag         ${line(drag)}`);
  console.log(`empty page   ${line(empty)}`);
  console.log(`drag / empty ${(drag.framesPerSecond / empty.framesPerSecond).toFixed(2)}`);
  const ok = firstDrawMs <= GOALS.firstDrawMs && drag.framesPerSecond >= GOALS.framesPerSecond;
  console.log(
    `Goal: first draw ≤ ${GOALS.firstDrawMs} ms, drag ≥ ${GOALS.framesPerSecond} frames/s: ${ok ? 'met' : 'missed'}`,
  );
  return ok ? 0 : 1;
}
