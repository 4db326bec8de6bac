// SPDX-License-Identifier: Apache-2.0
// Temperatures and progress of the last hour. Temperatures stand on a fixed scale so that shapes compare.
import { useState } from 'preact/hooks';
import { clock, degrees, percent } from '../lib/format';
import { useHistory } from '../lib/history';
import type { Sample } from '../lib/samples';
import type { Machine } from '../lib/types';
import { t } from '../lib/words';
import { useWidth } from './curve';

type Value = Exclude<keyof Sample, 'at'>;

interface Scale {
  top: number;
  marks: number[];
  height: number;
  words: (value: number | null) => string;
  lines: { value: Value; style: string; label?: string }[];
}

const PAD = { top: 10, bottom: 24, left: 44, right: 78 };
const LEAST_MS = 120000;

const TEMPERATURES: Scale = {
  top: 260,
  marks: [0, 50, 100, 150, 200, 250],
  height: 220,
  words: degrees,
  lines: [
    { value: 'nozzle_target', style: 'pace' },
    { value: 'bed_target', style: 'pace' },
    { value: 'nozzle', style: 'counted', label: 'nozzle-text' },
    { value: 'bed', style: 'bedline', label: 'bed-text' },
  ],
};

const PROGRESS: Scale = {
  top: 1,
  marks: [0, 0.5, 1],
  height: 110,
  words: (value) => percent(value),
  lines: [{ value: 'progress', style: 'counted', label: 'nozzle-text' }],
};

// A line ends where nothing is known, or where a new run begins.
function path(samples: Sample[], value: Value, x: (at: number) => number, y: (v: number) => number): string {
  let pen = 'M';
  let before = 0;
  return samples
    .map((sample) => {
      const v = sample[value];
      if (v === null || (value.endsWith('target') && v === 0)) {
        pen = 'M';
        return '';
      }
      if (value === 'progress' && v < before - 0.05) pen = 'M';
      before = v;
      const step = `${pen}${x(sample.at).toFixed(1)} ${y(v).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

function ticks(from: number, to: number): number[] {
  const every = [60000, 300000, 600000, 1200000].find((ms) => (to - from) / ms <= 4) ?? 1200000;
  const marks: number[] = [];
  for (let at = Math.ceil(from / every) * every; at <= to; at += every) marks.push(at);
  return marks;
}

interface Reading {
  at: number | null; // index of the sample that is read out; null: the newest
  onRead: (at: number | null) => void;
}

interface DrawingProps extends Reading {
  samples: Sample[];
  scale: Scale;
  width: number;
  started: string | null;
  words: string;
  lone?: boolean; // the only chart: it says what the line of the start is
}

function Drawing({ samples, scale, width, started, words, lone, at, onRead }: DrawingProps) {
  const last = samples[samples.length - 1] as Sample;
  const from = Math.min(samples[0]?.at ?? 0, last.at - LEAST_MS);
  const x = (ms: number) => PAD.left + ((ms - from) / (last.at - from)) * (width - PAD.left - PAD.right);
  const y = (v: number) => scale.height - PAD.bottom - (Math.min(scale.top, v) / scale.top) * (scale.height - PAD.top - PAD.bottom);
  const begun = started ? Date.parse(started) : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) onRead(Math.max(0, Math.min(samples.length - 1, (at ?? samples.length - 1) + by)));
  };
  const onMove = (event: PointerEvent) => {
    const ms = from + ((event.offsetX - PAD.left) / (width - PAD.left - PAD.right)) * (last.at - from);
    onRead(Math.max(0, samples.filter((sample) => sample.at <= ms).length - 1));
  };
  const ends = scale.lines.flatMap(({ value, label }) => (label && last[value] !== null ? [{ label, v: last[value] as number }] : []));
  return (
    <svg width={width} height={scale.height} role="img" tabindex={0} aria-label={words} onKeyDown={onKeyDown} onPointerMove={onMove} onPointerLeave={() => onRead(null)}>
      <g class="axis">
        {scale.marks.map((mark) => (
          <g key={mark}>
            <path class="grid" d={`M${PAD.left} ${y(mark)}H${width - PAD.right}`} />
            <text x={PAD.left - 8} y={y(mark) + 4} text-anchor="end">
              {scale.top > 1 ? mark : percent(mark)}
            </text>
          </g>
        ))}
        {ticks(from, last.at).map((ms) => (
          <text key={ms} x={x(ms)} y={scale.height - 4} text-anchor="middle">
            {clock(ms)}
          </text>
        ))}
        {begun > from && begun < last.at && (
          <>
            <path class="began" d={`M${x(begun)} ${PAD.top}V${y(0)}`} />
            {(scale.top > 1 || lone) && (
              <text x={x(begun) + (x(begun) > width / 2 ? -6 : 6)} y={y(0) - 8} text-anchor={x(begun) > width / 2 ? 'end' : 'start'}>
                {t('begunAt', { time: clock(begun) })}
              </text>
            )}
          </>
        )}
      </g>
      {scale.lines.map(({ value, style }) => (
        <path key={value} class={style} d={path(samples, value, x, y)} />
      ))}
      {at !== null && samples[at] && <path class="nowline" d={`M${x(samples[at].at)} ${PAD.top}V${y(0)}`} />}
      {ends.map(({ label, v }, i) => (
        <text key={label} class={label} x={width - PAD.right + 8} y={i > 0 && Math.abs(y(v) - y(ends[0]?.v ?? 0)) < 18 ? y(ends[0]?.v ?? 0) + 22 : y(v) + 4}>
          {scale.words(v)}
        </text>
      ))}
    </svg>
  );
}

function span(samples: Sample[]): string {
  const first = samples[0];
  const last = samples[samples.length - 1];
  return first && last ? t('historySpan', { from: clock(first.at), to: clock(last.at) }) : '';
}

export function MachineCharts({ machine, started }: { machine: Machine; started: string | null }) {
  const samples = useHistory(machine);
  const [box, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const read = samples[at ?? samples.length - 1] ?? samples[samples.length - 1];
  const hot = machine.kind !== 'laser';
  const ran = samples.some((sample) => sample.progress !== null);
  const common = { samples, width, started, at, onRead: setAt };
  return (
    <div class="temps">
      <div ref={box}>
        {width > 0 && read && hot && (
          <Drawing {...common} scale={TEMPERATURES} words={`${t('temperatures')} · ${t('tempsSentence', { nozzle: degrees(read.nozzle), bed: degrees(read.bed) })} ${span(samples)}`} />
        )}
        {!hot && <p class="second">{t('noTemps')}</p>}
        {width > 0 && read && (ran || !hot) && (
          <>
            <h3>{t('progress')}</h3>
            <Drawing {...common} lone={!hot} scale={PROGRESS} words={`${t('progress')} · ${percent(read.progress)} ${span(samples)}`} />
          </>
        )}
      </div>
      {read && (
        <p class="second">
          {clock(read.at)}
          {hot && (
            <>
              {' · '}
              <span class="nozzle-key">{t('nozzle')}</span> {degrees(read.nozzle)} · <span class="bed-key">{t('bed')}</span> {degrees(read.bed)}
            </>
          )}
          {read.progress !== null && ` · ${percent(read.progress)}`} · {span(samples)}
        </p>
      )}
    </div>
  );
}
