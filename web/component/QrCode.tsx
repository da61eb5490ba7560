import { encode } from 'uqr';

/** Light cells around the code: readers need four. */
const QUIET_CELLS = 4;

interface QrCodeProps {
  readonly text: string;
  /** What it is, for those who cannot see it. */
  readonly label: string;
  /** Width and height on the screen. */
  readonly pixels: number;
}

/** A QR code, dark on light in either colour scheme, because many readers find no other. */
export function QrCode({ text, label, pixels }: QrCodeProps) {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_CELLS });
  const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      width={pixels}
      height={pixels}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={cells.join('')} fill="#000" />
    </svg>
  );
}
