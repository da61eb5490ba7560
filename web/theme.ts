import { createTheme, Drawer, Modal, Notification, Tooltip } from '@mantine/core';
import { t } from './locale/i18n.ts';

/**
 * Component defaults. Colours live in lib/colourScheme.css, because the content security policy allows no
 * style element that a script writes; for the same reason overlays must not lock scrolling.
 */
const closeButtonProps = { 'aria-label': t('action.close') };

export const theme = createTheme({
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  components: {
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, closeButtonProps } }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, position: 'right', closeButtonProps } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } },
    }),
  },
});
