import type { CDPSession, Page } from 'playwright-core';

/** How a page kept up over a stretch of time. */
export interface FrameCount {
  readonly frames: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly medianFrameMs: number;
  readonly slowestFrameMs: number;
  /** Time the page's main thread was busy, per frame: what is left of the wall clock's noise. */
  readonly busyMsPerFrame: number;
  /** Stretches above 50 ms in which the page could not answer. */
  readonly longTasks: number;
}

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

/** Seconds for which the page's main thread has been busy since it was opened. */
export async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(metric => metric.name === 'TaskDuration')?.value ?? 0;
}

/** Counts frames for a while; with a drag, the pointer moves before every one of them, as a hand at 60 Hz does. */
export async function countFrames(
  page: Page,
  session: CDPSession,
  durationMs: number,
  drag: Drag | null = null,
): Promise<FrameCount> {
  const before = await busySeconds(session);
  const seen = await page.evaluate(framesInPage, { durationMs, drag });
  const busy = (await busySeconds(session)) - before;
  const lengths = [...seen.lengths].sort((a, b) => a - b);
  const seconds = seen.elapsedMs / 1000;
  return {
    frames: lengths.length,
    seconds,
    framesPerSecond: lengths.length / seconds,
    medianFrameMs: lengths[lengths.length >> 1] ?? 0,
    slowestFrameMs: lengths.at(-1) ?? 0,
    busyMsPerFrame: (busy * 1000) / lengths.length,
    longTasks: seen.longTasks,
  };
}

/** Runs in the page. */
function framesInPage({ durationMs, drag }: { durationMs: number; drag: Drag | null }) {
  let longTasks = 0;
  const observer = new PerformanceObserver(list => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  const target = drag ? document.elementFromPoint(drag.x, drag.y) : null;
  const fire = (type: string, clientX: number) =>
    target?.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        button: 0,
        clientX,
        clientY: drag?.y ?? 0,
        isPrimary: true,
      }),
    );
  // A pointer made by script cannot be captured; the canvas then gets its events by bubbling all the same.
  Element.prototype.setPointerCapture = () => undefined;
  return new Promise<{ lengths: number[]; elapsedMs: number; longTasks: number }>(resolve => {
    const started = performance.now();
    const lengths: number[] = [];
    let last = started;
    if (drag) fire('pointerdown', drag.x);
    const step = (now: number) => {
      lengths.push(now - last);
      last = now;
      const elapsed = now - started;
      if (elapsed < durationMs) {
        if (drag) fire('pointermove', drag.x + drag.reach * Math.sin(elapsed / 400));
        requestAnimationFrame(step);
        return;
      }
      if (drag) fire('pointerup', drag.x);
      // The first frame's length counts from the start, not from a frame.
      resolve({ lengths: lengths.slice(1), elapsedMs: elapsed - (lengths[0] ?? 0), longTasks });
    };
    requestAnimationFrame(step);
  });
}
