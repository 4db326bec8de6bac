// SPDX-License-Identifier: Apache-2.0
// The day as a figure: what is counted so far, the pace, and one straight projection, named as such.
import { get, query } from './api';
import { isoDay, now, wallTime } from './format';
import { hoursOn } from './hours';
import type { List, RunRow, Site, Status } from './types';

export interface Point {
  minute: number;
  good: number;
}

export interface Day {
  opens: number; // minutes of the day
  closes: number;
  minute: number; // now
  open: boolean; // some workshop opens today
}

const TOO_EARLY_MIN = 10;

export function dayOf(sites: Site[], at: number): Day {
  const { minute, weekday } = wallTime(at);
  const spans = sites.flatMap((site) => hoursOn(site.hours, weekday));
  if (spans.length === 0) return { opens: 0, closes: 1440, minute, open: false };
  const opens = Math.min(...spans.map(([from]) => from));
  const closes = Math.min(1440, Math.max(...spans.map(([, to]) => to)));
  return { opens, closes, minute, open: true };
}

// Where an even pace to the target would be.
export function pace(day: Day, target: number): number {
  const share = (day.minute - day.opens) / (day.closes - day.opens);
  return Math.round(target * Math.max(0, Math.min(1, share)));
}

// The same pace until closing; null when there is too little to go by, or the day is over.
export function projection(day: Day, good: number): number | null {
  const elapsed = day.minute - day.opens;
  if (!day.open || elapsed < TOO_EARLY_MIN || good === 0 || day.minute >= day.closes) return null;
  return Math.round((good / elapsed) * (day.closes - day.opens));
}

// The part the page counts: the one chosen, else the first of the product that is being made.
export function countedPart(status: Status, known: string[], chosen: string): string {
  const made = Object.keys(status.today.good);
  if (chosen && (known.includes(chosen) || made.includes(chosen))) return chosen;
  return known.find((part) => (status.today.good[part] ?? 0) > 0) ?? known[0] ?? made[0] ?? '';
}

export interface Curve {
  points: Point[];
  exact: boolean; // by the time of counting; else by the time the run ended
}

async function fromServer(part: string, today: string): Promise<Curve> {
  const list = await get<List<{ at: string; good: number }>>(`/api/v1/curve${query({ day: today, part })}`);
  return { points: list.items.map(({ at, good }) => ({ minute: wallTime(Date.parse(at)).minute, good })), exact: true };
}

function fromRuns(runs: RunRow[], part: string, today: string): Curve {
  const counted = runs
    .filter((run) => run.judged && run.ended)
    .map((run) => ({
      at: Date.parse(run.judged_at ?? run.ended ?? ''),
      good: run.parts.reduce((sum, one) => sum + (one.part === part ? one.good : 0), 0),
    }))
    .filter(({ at, good }) => good > 0 && isoDay(at) === today)
    .sort((a, b) => a.at - b.at);
  let good = 0;
  const points = counted.map((one) => ({ minute: wallTime(one.at).minute, good: (good += one.good) }));
  return { points, exact: runs.some((run) => !!run.judged_at) };
}

// Only what was counted: from the daemon's curve, or where it has none, from the day's runs.
export async function readCurve(part: string): Promise<Curve> {
  const today = isoDay(now());
  try {
    return await fromServer(part, today);
  } catch {
    const runs = await get<List<RunRow>>('/api/v1/runs?limit=1000');
    return fromRuns(runs.items, part, today);
  }
}

// Begins at opening with nothing and ends now with what is counted, so that figure and curve agree.
export function closed(curve: Curve, day: Day, good: number): Point[] {
  const inside = curve.points.filter((point) => point.minute >= day.opens && point.minute <= day.minute && point.good <= good);
  const first = curve.points.filter((point) => point.minute < day.opens).pop();
  return [{ minute: day.opens, good: first?.good ?? 0 }, ...inside, { minute: Math.max(day.opens, day.minute), good }];
}
