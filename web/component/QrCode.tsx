import { encode } from 'uqr';

/** A whole number, so that all cells are of one size. */
const PIXELS_PER_CELL = 4;
/** Light cells around the code: readers need four. */
const QUIET_CELLS = 4;

interface QrCodeProps {
  readonly text: string;
  /** What it is, for those who cannot see it. */
  readonly label: string;
}

/** A QR code, dark on light in either colour scheme, because many readers find no other. */
export function QrCode({ text, label }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_CELLS });
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      width={size * PIXELS_PER_CELL}
      height={size * PIXELS_PER_CELL}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={cells.join('')} fill="#000" />
    </svg>
  );
}
