// SPDX-License-Identifier: Apache-2.0
// Shapes of 16 × 16, drawn in the colour of the text beside them. Each stands next to its word, so none is read out.
import type { ComponentChildren } from 'preact';

const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6, 'stroke-linecap': 'round' } as const;
const full = { fill: 'currentColor' } as const;

const SHAPES = {
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7" rx="1.5" {...full} />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" {...line} />
    </>
  ),
  octagon: <path d="M5 1.5h6L14.5 5v6L11 14.5H5L1.500 11V5z" {...full} />,
  wrench: (
    <path d="M13.8 4.300a3.700 3.700 0 0 1-5 4.500L4.300 13.300a1.500 1.500 0 0 1-2.100-2.100l4.500-4.500a3.700 3.700 0 0 1 4.500-5L8.900 4l.5 2.200 2.200.5z" {...full} />
  ),
  off: (
    <>
      <circle cx="8" cy="8" r="5.500" {...line} stroke-dasharray="2.500 2.200" />
      <path d="M3 13 13 3" {...line} />
    </>
  ),
  greet: <circle cx="8" cy="8" r="5.500" {...line} stroke-dasharray="2.500 2.200" />,
  question: (
    <>
      <path d="M5.200 5.800a2.800 2.800 0 1 1 4.200 2.400C8.400 8.800 8 9.300 8 10.300" {...line} stroke-width="2" />
      <circle cx="8" cy="13.200" r="1.200" {...full} />
    </>
  ),
  hand: (
    <path d="M4.700 8.300V4.200a.9.9 0 0 1 1.800 0V7h.4V2.600a.9.9 0 0 1 1.800 0V7h.4V3.200a.9.9 0 0 1 1.800 0V8h.4V5a.9.9 0 0 1 1.700 0v5c0 2.900-1.800 4.700-4.400 4.700-2.100 0-3.200-.9-4.100-2.500L2.700 9.300a.95.95 0 0 1 1.600-1z" {...full} />
  ),
  spool: (
    <>
      <circle cx="8" cy="8" r="5.700" {...line} />
      <circle cx="8" cy="8" r="2" {...line} />
    </>
  ),
  sheet: (
    <>
      <rect x="2" y="3.500" width="12" height="9" rx="1" {...line} />
      <path d="M2.500 8h5V4" {...line} />
    </>
  ),
  pause: (
    <>
      <rect x="4" y="3" width="2.600" height="10" rx=".6" {...full} />
      <rect x="9.400" y="3" width="2.600" height="10" rx=".6" {...full} />
    </>
  ),
  heat: (
    <>
      <path d="M3 2.500h10M4.500 6c1.200 1.500-1.200 2.500 0 4s0 2.500 0 3.500M8 6c1.200 1.500-1.200 2.500 0 4s0 2.500 0 3.500M11.500 6c1.200 1.500-1.200 2.500 0 4s0 2.500 0 3.500" {...line} />
    </>
  ),
  plug: <path d="M5.500 1.800v3.400M10.500 1.800v3.400M3.200 5.400h9.600v2.200a4.800 4.800 0 0 1-9.600 0zM8 12.400v2.200" {...line} stroke-width="1.800" />,
  run: <path d="M4 2.800v10.400a.6.6 0 0 0 .9.500l8.600-5.200a.6.6 0 0 0 0-1L4.900 2.300a.6.6 0 0 0-.9.500z" {...full} />,
  ready: <circle cx="8" cy="8" r="5" {...line} stroke-width="1.800" />,
  check: <path d="m3 8.500 3.300 3.300L13 4.800" {...line} stroke-width="2" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" {...line} stroke-width="1.800" />,
  up: <path d="m3.500 10 4.500-4.500 4.500 4.500" {...line} />,
  down: <path d="m3.500 6 4.500 4.500 4.500-4.500" {...line} />,
  grip: <path d="M5.500 3.500v.1M5.500 8v.1M5.500 12.500v.1M10.500 3.500v.1M10.500 8v.1M10.500 12.500v.1" {...line} stroke-width="2.400" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.200" {...line} />
      <path d="m10.300 10.300 3.400 3.400" {...line} />
    </>
  ),
  today: <path d="M3.500 13V9M8 13V3M12.500 13V6.500M2 14.200h12" {...line} />,
  machines: (
    <>
      <rect x="2" y="2" width="5.200" height="5.200" rx="1" {...full} />
      <rect x="8.800" y="2" width="5.200" height="5.200" rx="1" {...full} />
      <rect x="2" y="8.800" width="5.200" height="5.200" rx="1" {...full} />
      <rect x="8.800" y="8.800" width="5.200" height="5.200" rx="1" {...full} />
    </>
  ),
  queue: <path d="M2.500 4h11M2.500 8h11M2.500 12h7" {...line} />,
  programs: <path d="M4 1.800h5.500L12.500 5v9.200H4zM9.300 2v3.200h3M6 8.500h4.500M6 11h4.500" {...line} />,
  warn: (
    <>
      <path d="M8 2 15 14H1z" {...line} stroke-linejoin="round" />
      <path d="M8 6.500v3.500M8 12v.2" {...line} />
    </>
  ),
} satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
