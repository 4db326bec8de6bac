// SPDX-License-Identifier: Apache-2.0
import { encode } from 'uqr';

const QUIET = 4; // modules of white around, as the standard asks

// Always dark on white, whatever the page's colours: cameras want it so.
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  const side = size + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr-ground" x={-QUIET} y={-QUIET} width={side} height={side} />
      <path class="qr-dark" d={path} />
    </svg>
  );
}
