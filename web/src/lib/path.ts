// SPDX-License-Identifier: Apache-2.0
// A layer as lines on a canvas: what is worked thick, by its power; ways between thin.
import type { ProgramPath } from './types';

export interface Frame {
  scale: number; // px a mm
  x: (mm: number) => number;
  y: (mm: number) => number;
}

export type Box = [left: number, front: number, right: number, back: number];

// The points of a stroke, mm.
export function points(stroke: number[]): [number, number][] {
  const found: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (let i = 2; i + 1 < stroke.length; i += 2) {
    x += stroke[i] ?? 0;
    y += stroke[i + 1] ?? 0;
    found.push([x / 100, y / 100]);
  }
  return found;
}

// What is worked on, with a margin; the whole bed when nothing is.
export function boxOf(path: ProgramPath): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of path.strokes) {
    if (stroke[0] !== 1) continue;
    for (const [x, y] of points(stroke)) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  if (!Number.isFinite(box[0])) return path.area_mm;
  const margin = Math.max(2, (box[2] - box[0]) * 0.04, (box[3] - box[1]) * 0.04);
  return [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin];
}

// The machine's front is at the bottom of the picture.
export function frameOf(box: Box, width: number, height: number): Frame {
  const scale = Math.min(width / Math.max(1, box[2] - box[0]), height / Math.max(1, box[3] - box[1]));
  const left = (width - (box[2] - box[0]) * scale) / 2;
  const bottom = height - (height - (box[3] - box[1]) * scale) / 2;
  return { scale, x: (mm) => left + (mm - box[0]) * scale, y: (mm) => bottom - (mm - box[1]) * scale };
}

export interface Colours {
  work: string;
  travel: string;
  edge: string;
}

function draw(pen: CanvasRenderingContext2D, frame: Frame, stroke: number[]): void {
  pen.beginPath();
  points(stroke).forEach(([x, y], i) => (i ? pen.lineTo(frame.x(x), frame.y(y)) : pen.moveTo(frame.x(x), frame.y(y))));
  pen.stroke();
}

// Power shows as shade: a faint engraving, a dark cut. Never fainter than can be seen.
export const shade = (path: ProgramPath, power: number) => (path.kind === 'printer' ? 1 : 0.25 + 0.75 * Math.min(1, power / 100));

export function paint(pen: CanvasRenderingContext2D, path: ProgramPath, frame: Frame, colours: Colours, travel: boolean): void {
  const [left, front, right, back] = path.area_mm;
  pen.lineCap = pen.lineJoin = 'round';
  pen.strokeStyle = colours.edge;
  pen.lineWidth = 1;
  pen.setLineDash([4, 4]);
  pen.strokeRect(frame.x(left), frame.y(back), (right - left) * frame.scale, (back - front) * frame.scale);
  pen.setLineDash([]);
  pen.strokeStyle = colours.travel;
  pen.lineWidth = 0.6;
  for (const stroke of path.strokes) if (travel && stroke[0] === 0) draw(pen, frame, stroke);
  pen.strokeStyle = colours.work;
  pen.lineWidth = path.kind === 'printer' ? Math.max(1, Math.min(4, 0.4 * frame.scale)) : 1.4;
  for (const stroke of path.strokes) {
    if (stroke[0] !== 1) continue;
    pen.globalAlpha = shade(path, stroke[1] ?? 0);
    draw(pen, frame, stroke);
  }
  pen.globalAlpha = 1;
}
