/** Whether the server answered last time it was asked, told to whoever listens. */
export interface Connection {
  readonly isUp: () => boolean;
  readonly tell: (isUp: boolean) => void;
  readonly listen: (listener: () => void) => () => void;
}

export function createConnection(): Connection {
  const listeners = new Set<() => void>();
  let up = true;
  return {
    isUp: () => up,
    tell: isUp => {
      if (isUp === up) return;
      up = isUp;
      for (const listener of listeners) listener();
    },
    listen: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const connection = createConnection();
