import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';

interface Pan {
  readonly pointerId: number;
  x: number;
  y: number;
}

/**
 * While Space is down, a drag moves the canvas under the hand instead of what lies on it. Space pressed alone stays the
 * key that it is: `panned` tells whether the canvas was moved since it went down.
 */
export function useSpacePan(scroll: RefObject<HTMLElement | null>) {
  const moved = useRef(false);
  const pan = useRef<Pan | null>(null);
  const isHeld = useHeldSpace(scroll, isDown => {
    if (isDown) moved.current = false;
    else pan.current = null;
  });
  const begin = (event: PointerEvent<HTMLElement>) => {
    if (!isHeld.current || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    pan.current = { pointerId: event.pointerId, x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const held = pan.current;
    if (held?.pointerId !== event.pointerId) return;
    event.stopPropagation();
    event.currentTarget.scrollLeft += held.x - event.clientX;
    event.currentTarget.scrollTop += held.y - event.clientY;
    held.x = event.clientX;
    held.y = event.clientY;
    moved.current = true;
  };
  const end = (event: PointerEvent<HTMLElement>) => {
    if (pan.current?.pointerId !== event.pointerId) return;
    event.stopPropagation();
    pan.current = null;
  };
  return {
    panned: () => moved.current,
    handlers: {
      onPointerDownCapture: begin,
      onPointerMoveCapture: move,
      onPointerUpCapture: end,
      onPointerCancelCapture: end,
    },
  };
}

/** Whether Space is down on an element, which says so itself by `data-pan`. */
function useHeldSpace(scroll: RefObject<HTMLElement | null>, onChange: (isDown: boolean) => void) {
  const isHeld = useRef(false);
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    const hold = (event: KeyboardEvent) => {
      const target = scroll.current;
      if (event.key !== ' ' || !target || !meansCanvas(event.target, target)) return;
      // The page would scroll down.
      event.preventDefault();
      if (event.repeat) return;
      isHeld.current = true;
      target.dataset.pan = 'ready';
      change.current(true);
    };
    const release = (event: KeyboardEvent | FocusEvent) => {
      if (event instanceof KeyboardEvent && event.key !== ' ') return;
      isHeld.current = false;
      delete scroll.current?.dataset.pan;
      change.current(false);
    };
    window.addEventListener('keydown', hold);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', hold);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', release);
    };
  }, [scroll]);
  return isHeld;
}

/** Whether Space is meant for the canvas: it has the focus, or the pointer is over it and nothing else wants the key. */
function meansCanvas(focused: EventTarget | null, canvas: HTMLElement): boolean {
  return focused === canvas || (focused === document.body && canvas.matches(':hover'));
}
