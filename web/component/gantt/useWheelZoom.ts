import { type RefObject, useEffect, useRef } from 'react';

/** Ctrl + wheel zooms the time line instead of the page; the listener must not be passive to say so. */
export function useWheelZoom(scroll: RefObject<HTMLElement | null>, onZoom: (factor: number) => void): void {
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  useEffect(() => {
    const target = scroll.current;
    if (!target) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom.current(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    };
    target.addEventListener('wheel', wheel, { passive: false });
    return () => target.removeEventListener('wheel', wheel);
  }, [scroll]);
}
