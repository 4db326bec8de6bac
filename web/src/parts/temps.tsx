// SPDX-License-Identifier: Apache-2.0
// Temperatures as they came while the page was open, on a fixed scale so that shapes compare.
import { useEffect, useState } from 'preact/hooks';
import { clock, degrees, now } from '../lib/format';
import type { Machine, Temps } from '../lib/types';
import { t } from '../lib/words';
import { useWidth } from './curve';

interface Sample extends Temps {
  at: number;
}

const TOP_C = 260;
const KEEP_MS = 80 * 60000;
const EVERY_MS = 1000;
const HEIGHT = 220;
const PAD = { top: 10, bottom: 24, left: 36, right: 78 };

export function useSamples(machine: Machine): Sample[] {
  const [samples, setSamples] = useState<Sample[]>([]);
  const { nozzle, bed, nozzle_target, bed_target } = machine.temps;
  useEffect(() => setSamples([]), [machine.id]);
  useEffect(() => {
    const at = now();
    setSamples((old) => {
      const last = old[old.length - 1];
      if (last && at - last.at < EVERY_MS) return old;
      return [...old.filter((sample) => at - sample.at < KEEP_MS), { at, ...machine.temps }];
    });
  }, [nozzle, bed, nozzle_target, bed_target, machine.heard]);
  return samples;
}

function path(samples: Sample[], value: keyof Temps, x: (at: number) => number, y: (c: number) => number): string {
  let pen = 'M';
  return samples
    .map((sample) => {
      const c = sample[value];
      if (c === null || (value.endsWith('target') && c === 0)) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(sample.at).toFixed(1)} ${y(Math.min(TOP_C, c)).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

function ticks(from: number, to: number): number[] {
  const every = [60000, 300000, 600000, 1200000].find((ms) => (to - from) / ms <= 5) ?? 1200000;
  const marks: number[] = [];
  for (let at = Math.ceil(from / every) * every; at <= to; at += every) marks.push(at);
  return marks;
}

function Drawing({ samples, width }: { samples: Sample[]; width: number }) {
  const [at, setAt] = useState<number | null>(null);
  const last = samples[samples.length - 1] as Sample;
  const from = Math.min(samples[0]?.at ?? 0, last.at - 120000);
  const x = (ms: number) => PAD.left + ((ms - from) / (last.at - from)) * (width - PAD.left - PAD.right);
  const y = (c: number) => HEIGHT - PAD.bottom - (c / TOP_C) * (HEIGHT - PAD.top - PAD.bottom);
  const read = at === null ? last : (samples[Math.max(0, Math.min(samples.length - 1, at))] ?? last);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) setAt((old) => Math.max(0, Math.min(samples.length - 1, (old ?? samples.length - 1) + by)));
  };
  const onMove = (event: PointerEvent) => {
    const ms = from + ((event.offsetX - PAD.left) / (width - PAD.left - PAD.right)) * (last.at - from);
    setAt(samples.filter((sample) => sample.at <= ms).length - 1);
  };
  const bedY = last.bed === null ? 0 : y(last.bed);
  const nozzleY = last.nozzle === null ? 0 : y(Math.min(TOP_C, last.nozzle));
  return (
    <>
      <svg width={width} height={HEIGHT} role="img" tabIndex={0} aria-label={`${t('temperatures')} · ${t('tempsSentence', { nozzle: degrees(read.nozzle), bed: degrees(read.bed) })}`} onKeyDown={onKeyDown} onPointerMove={onMove} onPointerLeave={() => setAt(null)}>
        <g class="axis">
          {[0, 50, 100, 150, 200, 250].map((c) => (
            <g key={c}>
              <path class="grid" d={`M${PAD.left} ${y(c)}H${width - PAD.right}`} />
              <text x={PAD.left - 8} y={y(c) + 4} text-anchor="end">
                {c}
              </text>
            </g>
          ))}
          {ticks(from, last.at).map((ms) => (
            <text key={ms} x={x(ms)} y={HEIGHT - 4} text-anchor="middle">
              {clock(ms)}
            </text>
          ))}
        </g>
        <path class="pace" d={path(samples, 'nozzle_target', x, y)} />
        <path class="pace" d={path(samples, 'bed_target', x, y)} />
        <path class="counted" d={path(samples, 'nozzle', x, y)} />
        <path class="bedline" d={path(samples, 'bed', x, y)} />
        {at !== null && <path class="nowline" d={`M${x(read.at)} ${PAD.top}V${y(0)}`} />}
        {last.nozzle !== null && (
          <text class="nozzle-text" x={width - PAD.right + 8} y={nozzleY + 4}>
            {degrees(last.nozzle)}
          </text>
        )}
        {last.bed !== null && (
          <text class="bed-text" x={width - PAD.right + 8} y={Math.abs(bedY - nozzleY) < 18 ? nozzleY + 22 : bedY + 4}>
            {degrees(last.bed)}
          </text>
        )}
      </svg>
      <p class="second">
        {clock(read.at)} · <span class="nozzle-key">{t('nozzle')}</span> {degrees(read.nozzle)} · <span class="bed-key">{t('bed')}</span> {degrees(read.bed)} · {t('tempsSince')}
      </p>
    </>
  );
}

export function TempsChart({ machine }: { machine: Machine }) {
  const samples = useSamples(machine);
  const [box, width] = useWidth();
  return (
    <div class="temps">
      <div ref={box}>{width > 0 && samples.length > 0 && <Drawing samples={samples} width={width} />}</div>
    </div>
  );
}
