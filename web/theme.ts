import { createTheme, Drawer, Modal, Tooltip } from '@mantine/core';

/**
 * Component defaults. Colours live in lib/colourScheme.css, because the content security policy allows no
 * style element that a script writes; for the same reason overlays must not lock scrolling.
 */
export const theme = createTheme({
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  components: {
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, position: 'right' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } },
    }),
  },
});
