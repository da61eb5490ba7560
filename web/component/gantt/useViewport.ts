import { type RefObject, useEffect, useState } from 'react';

/** What of a scrolling element is visible. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly left: number;
}

/** Size and horizontal scroll of an element, at most once per frame. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ width: 0, height: 0, left: 0 });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      setViewport(previous => {
        const next = { width: target.clientWidth, height: target.clientHeight, left: target.scrollLeft };
        return next.width === previous.width && next.height === previous.height && next.left === previous.left
          ? previous
          : next;
      });
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(read);
    };
    read();
    const observer = new ResizeObserver(schedule);
    observer.observe(target);
    target.addEventListener('scroll', schedule, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      target.removeEventListener('scroll', schedule);
    };
  }, [element]);
  return viewport;
}
