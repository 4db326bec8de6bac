// SPDX-License-Identifier: Apache-2.0
// The day's curve: solid = counted, dashed = pace, dotted = projection; the target is a line of its own.
import { useEffect, useRef, useState } from 'preact/hooks';
import { clock, hourMark, now, number } from '../lib/format';
import type { Day, Point } from '../lib/day';
import { t } from '../lib/words';

export interface CurveData {
  label: string;
  day: Day;
  points: Point[];
  good: number;
  target: number;
  end: number | null; // the projection
}

// Room for the labels; on the wall they are twice as large.
const PAD = { top: 14, bottom: 26, left: 44 };
const WALL_PAD = { top: 20, bottom: 44, left: 92 };

// A round step that gives 3 to 6 lines.
function step(top: number): number {
  const rough = Math.max(1, top / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
}

function hours(day: Day, room: number): number[] {
  const span = day.closes - day.opens;
  const every = [60, 120, 180, 240, 360].find((minutes) => (span / minutes) * 56 <= room) ?? 360;
  const marks: number[] = [];
  for (let m = Math.ceil(day.opens / every) * every; m <= day.closes; m += every) marks.push(m);
  return marks;
}

export function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

function Drawing({ data, width, height, wide, wall }: { data: CurveData; width: number; height: number; wide: boolean; wall: boolean }) {
  const { day, target, good, end } = data;
  const pad = wall ? WALL_PAD : PAD;
  const right = wall ? 180 : wide ? 90 : 44;
  const top = Math.max(target, good, end ?? 0, 1) * 1.04;
  const x = (minute: number) => pad.left + ((minute - day.opens) / (day.closes - day.opens)) * (width - pad.left - right);
  const y = (value: number) => height - pad.bottom - (value / top) * (height - pad.top - pad.bottom);
  const path = data.points.map((point, i) => `${i ? 'L' : 'M'}${x(point.minute).toFixed(1)} ${y(point.good).toFixed(1)}`).join('');
  const size = step(top);
  const lines = Array.from({ length: Math.floor(top / size) + 1 }, (_, i) => i * size).filter((v) => Math.abs(v - target) > size / 3);
  const nowX = x(Math.min(day.closes, Math.max(day.opens, day.minute)));
  const late = nowX > width - right - 110;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('curveSentence', { part: data.label, good: number(good), time: clock(now()), target: number(target) })}>
      <g class="axis">
        {lines.map((value) => (
          <g key={value}>
            <path class="grid" d={`M${pad.left} ${y(value)}H${width - right}`} />
            <text x={pad.left - 8} y={y(value) + (wall ? 9 : 4)} text-anchor="end">
              {number(value)}
            </text>
          </g>
        ))}
        {hours(day, (width - pad.left - right) / (wall ? 2 : 1)).map((minute) => (
          <text key={minute} x={x(minute)} y={height - 6} text-anchor="middle">
            {hourMark(minute)}
          </text>
        ))}
      </g>
      {path && <path class="area" d={`${path}L${nowX} ${y(0)}L${x(day.opens)} ${y(0)}Z`} />}
      <path class="target" d={`M${pad.left} ${y(target)}H${width - right}`} />
      <text class="target-text" x={pad.left - 8} y={y(target) + (wall ? 9 : 4)} text-anchor="end">
        {number(target)}
      </text>
      <path class="pace" d={`M${x(day.opens)} ${y(0)}L${x(day.closes)} ${y(target)}`} />
      <path class="nowline" d={`M${nowX} ${pad.top - 8}V${y(0)}`} />
      {end !== null && <path class="forecast" d={`M${nowX} ${y(good)}L${x(day.closes)} ${y(end)}`} />}
      <path class="counted" d={path} />
      <circle class="counted-dot" cx={nowX} cy={y(good)} r="5" />
      <text class="now-text" x={late ? nowX - 10 : nowX + 10} y={Math.min(y(good) + (wall ? 34 : 20), height - pad.bottom - 6)} text-anchor={late ? 'end' : 'start'}>
        {t('curveNow', { n: number(good), time: clock(now()) })}
      </text>
      {wide && end !== null && (
        <text class="forecast-text" x={width - right + 8} y={y(end) + (Math.abs(y(end) - y(target)) < 16 ? 18 : 4)}>
          {t('forecastEnd', { n: number(end) })}
        </text>
      )}
    </svg>
  );
}

function Legend({ data }: { data: CurveData }) {
  return (
    <p class="legend" aria-hidden="true">
      <span class="key-counted">{t('legendToday')}</span>
      <span class="key-pace">{t('legendPace', { n: number(data.target) })}</span>
      {data.end !== null && <span class="key-forecast">{t('legendForecast')}</span>}
    </p>
  );
}

// The same as a table, hour by hour.
function Figures({ data }: { data: CurveData }) {
  const rows: [number, number][] = [];
  for (let m = Math.ceil(data.day.opens / 60) * 60; m <= data.day.minute; m += 60) {
    rows.push([m, data.points.filter((point) => point.minute <= m).pop()?.good ?? 0]);
  }
  rows.push([data.day.minute, data.good]);
  return (
    <details class="figures">
      <summary>{t('showFigures')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('hour')}</th>
            <th scope="col" class="num">
              {t('goodSoFar')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([minute, good], i) => (
            <tr key={i}>
              <td>{`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`}</td>
              <td class="num">{number(good)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function DayCurve({ data, height, bare }: { data: CurveData; height: number; bare?: boolean }) {
  const [box, width] = useWidth();
  const wide = width >= 560;
  return (
    <figure class="curve">
      <div ref={box} class="drawing">
        {width > 0 && <Drawing data={data} width={width} height={wide ? height : Math.min(height, 150)} wide={wide} wall={!!bare} />}
      </div>
      {!bare && wide && <Legend data={data} />}
      {!bare && <Figures data={data} />}
    </figure>
  );
}
