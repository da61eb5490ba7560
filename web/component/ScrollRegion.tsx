import type { CSSProperties, ReactNode } from 'react';

interface ScrollRegionProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/** A region that scrolls by itself: named, and reachable by keyboard. */
export function ScrollRegion({ label, className, style, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus, a keyboard could not scroll it
    <section className={className} {...(style && { style })} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
