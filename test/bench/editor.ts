import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

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

/** Goals of the schedule editor: 500 agents × 7 days of quarter-hours. */
const GOALS = { framesPerSecond: 50, firstDrawMs: 1000 };

/**
 * Draws the made-up week of `test/web/story` in a real browser, drags a shift, and reports first draw and frames per
 * second: `npm run bench -- editor [agents]`. Frames are counted by requestAnimationFrame while the pointer moves.
 */
export async function run(args: readonly string[]): Promise<number> {
  const agents = Number(args[0] ?? 500);
  if (!existsSync(BROWSER)) {
    console.error(`No browser at ${BROWSER}: set COVERLINE_BROWSER to a Chromium.`);
    return 1;
  }
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '-c', 'test/web/story/vite.config.ts'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (built.status !== 0) {
    console.error(built.stderr);
    return 1;
  }
  const server = await serve(join(root, 'build/story'));
  try {
    const result = await measure(`http://127.0.0.1:${portOf(server)}/?agents=${agents}&zoom=12`);
    console.table({ agents, ...result });
    const ok = result.firstDrawMs <= GOALS.firstDrawMs && result.framesPerSecond >= GOALS.framesPerSecond;
    console.log(
      `Goal: first draw ≤ ${GOALS.firstDrawMs} ms, drag ≥ ${GOALS.framesPerSecond} frames/s: ${ok ? 'met' : 'missed'}`,
    );
    return ok ? 0 : 1;
  } finally {
    server.close();
  }
}

async function measure(url: string) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: BROWSER, headless: true, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.goto(url);
    await page.waitForSelector('[data-shift]');
    const firstDrawMs = await page.evaluate(
      () =>
        new Promise<number>(resolve => {
          requestAnimationFrame(() => resolve(performance.now()));
        }),
    );
    const box = await page.locator('[data-shift]').nth(12).boundingBox();
    if (!box) throw new Error('no shift is drawn');
    const frames = await page.evaluate(dragAndCount, {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      reach: 400,
      durationMs: 3000,
    });
    return { firstDrawMs: Math.round(firstDrawMs), ...frames };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: a pointer move before every frame, as a hand at 60 Hz makes them. */
function dragAndCount(drag: { x: number; y: number; reach: number; durationMs: number }) {
  const fire = (target: Element, type: string, clientX: number) =>
    target.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        button: 0,
        clientX,
        clientY: drag.y,
        isPrimary: true,
      }),
    );
  return new Promise<{ framesPerSecond: number; slowestFrameMs: number; medianFrameMs: number }>(
    (resolve, reject) => {
      const target = document.elementFromPoint(drag.x, drag.y);
      if (!target) {
        reject(new Error('nothing under the pointer'));
        return;
      }
      // A pointer made by script cannot be captured; the canvas then gets its events by bubbling all the same.
      Element.prototype.setPointerCapture = () => undefined;
      fire(target, 'pointerdown', drag.x);
      const started = performance.now();
      let last = started;
      const lengths: number[] = [];
      const step = (now: number) => {
        lengths.push(now - last);
        last = now;
        const elapsed = now - started;
        if (elapsed >= drag.durationMs) {
          fire(target, 'pointerup', drag.x);
          const sorted = [...lengths].slice(1).sort((a, b) => a - b);
          resolve({
            framesPerSecond: Math.round((lengths.length / elapsed) * 10_000) / 10,
            slowestFrameMs: Math.round(sorted.at(-1) ?? 0),
            medianFrameMs: Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10,
          });
          return;
        }
        fire(target, 'pointermove', drag.x + drag.reach * Math.sin(elapsed / 400));
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    },
  );
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
