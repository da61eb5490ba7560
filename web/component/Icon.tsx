/** Line icons on a 20 × 20 field, drawn for this product. Icons never stand without words or a label. */
const PATHS = {
  start: 'M3 10.5 10 4l7 6.5M5.5 9v7h3.5v-4h2v4h3.5V9',
  import: 'M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M3.5 13v3.5h13V13',
  history: 'M3 16.5h14M4.5 14V9m3.7 5V5m3.6 9V7.5M15.5 14v-4',
  forecast: 'M3 15.5 7 10l3 2.5L15 5m0 0h-3.5M15 5v3.5M3 17.5h14',
  staffing:
    'M7 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4.5 7c0-3 2-5 4.5-5s4.5 2 4.5 5M13 4.3a2.5 2.5 0 0 1 0 4.4m1.2 2.6c2 .5 3.3 2.2 3.3 4.7',
  schedule: 'M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3m6-3v3M6 11.5h5M9 14h5',
  compare: 'M6.5 4v12m7-12v12M3.5 7.5h6M10.5 12.5h6',
  today: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4.2l2.8 1.8',
  review: 'M4 4h12v12H4zM7 10.2l2 2 4-4.4',
  attainment: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-3.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm0-3.5h.01',
  capacity: 'M3.5 16.5V12h3.2V8.5h3.3V5h3.3v11.5m0-9h3.2v9M3 16.5h14',
  people: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c0-3.4 2.6-5.5 6-5.5s6 2.100 6 5.5',
  queues: 'M4 5.500h12M4 10h12M4 14.500h8',
  settings: 'M4 6h7m3 0h2M4 14h2m3 0h7M12.500 4.500v3M7.500 12.500v3',
  me: 'M6 3h8v14H6zM9 14.500h2',
  sun: 'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM10 2v2m0 12v2M2 10h2m12 0h2M4.300 4.300l1.400 1.400m8.600 8.600 1.400 1.400m0-11.400-1.400 1.400m-8.600 8.600-1.400 1.400',
  moon: 'M16 12.200A6.500 6.500 0 0 1 7.800 4 6.500 6.500 0 1 0 16 12.200Z',
  undo: 'M7.500 5 4 8.500 7.500 12M4 8.500h7.500a4 4 0 0 1 0 8H9',
  redo: 'M12.500 5 16 8.500 12.500 12M16 8.500H8.500a4 4 0 0 0 0 8H11',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  close: 'm5 5 10 10M15 5 5 15',
  check: 'm4 10.500 4 4 8-9',
  left: 'M12.500 4.500 7 10l5.500 5.500',
  right: 'M7.500 4.500 13 10l-5.500 5.500',
  down: 'M4.500 7.500 10 13l5.500-5.500',
  table: 'M3.500 4.500h13v11h-13zM3.500 8h13M8 4.500v11',
  chart: 'M3.500 15.500h13M5 13l3.500-4 3 2.500L16 6',
  download: 'M10 3v9m0 0 3.500-3.500M10 12 6.500 8.500M4 16.500h12',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-8v4.500M10 6.500h.01',
  warning: 'M10 3.500 17.500 16.500h-15zM10 8.500V12m0 2.300h.01',
  keyboard:
    'M2.500 5.500h15v9h-15zM5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.700h7',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  bell: 'M5 13.500V9a5 5 0 0 1 10 0v4.500l1.500 1.500h-13zM8.500 17h3',
  signOut: 'M8 4H4v12h4m3-9 3 3-3 3m3-3H8',
  play: 'M6.500 4.500v11l9-5.500z',
  copy: 'M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z',
  trash: 'M4 6h12M8 6V4h4v2m-6.500 0 .7 10.500h7.600L14.500 6M8.500 9v5m3-5v5',
  print: 'M6 8V3.500h8V8M6 14H3.500V8h13v6H14m-8-2.500h8v5H6z',
  link: 'M8.500 11.500a3 3 0 0 0 4.300 0l3-3a3 3 0 0 0-4.300-4.300l-1 1m1 3.300a3 3 0 0 0-4.300 0l-3 3a3 3 0 0 0 4.300 4.300l1-1',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
