// SPDX-License-Identifier: Apache-2.0
// How well machines were used, as the daemon counts it (docs/work.md): sums of any rows, and the three shares of them.
import type { ThroughputRow } from './types';

export const TIMES = ['running', 'heating', 'waiting', 'idle', 'down', 'offline'] as const;
export type Seconds = ThroughputRow['seconds'];

export const GROUPS = ['day', 'site', 'machine', 'model', 'part', 'shift', 'reason'] as const;
export type Group = (typeof GROUPS)[number];

export interface Effect {
  availability: number | null;
  performance: number | null;
  quality: number | null;
  oee: number | null;
}

// A row of GET /throughput?group=…; what it was not grouped by is null or ''.
export interface GroupRow extends Record<Group, string | null> {
  good: number;
  scrap: number;
  runs: number;
  kits: number;
  seconds: Seconds;
  cycle_s: { runs: number; median: number | null; p90: number | null; planned: number | null };
  oee: Effect;
}

export const addUp = (seconds: Seconds) => TIMES.reduce((sum, kind) => sum + seconds[kind], 0);

export function sumSeconds(rows: { seconds: Seconds }[]): Seconds {
  const sum = { running: 0, heating: 0, waiting: 0, idle: 0, down: 0, offline: 0 };
  for (const { seconds } of rows) for (const kind of TIMES) sum[kind] += seconds[kind];
  return sum;
}

// Of all rows together. null: there is nothing to take a share of.
export function effect(rows: Pick<GroupRow, 'good' | 'scrap' | 'seconds' | 'cycle_s'>[]): Effect {
  const { running, heating, waiting, down, offline } = sumSeconds(rows);
  const busy = running + heating;
  const wanted = busy + waiting + down + offline;
  const good = rows.reduce((sum, row) => sum + row.good, 0);
  const pieces = rows.reduce((sum, row) => sum + row.good + row.scrap, 0);
  const planned = rows.reduce((sum, row) => sum + (row.cycle_s.planned ?? 0), 0);
  const availability = wanted > 0 ? busy / wanted : null;
  const performance = running > 0 ? planned / running : null;
  const quality = pieces > 0 ? good / pieces : null;
  const known = availability !== null && performance !== null && quality !== null;
  return { availability, performance, quality, oee: known ? availability * performance * quality : null };
}

// What of a machine's time a day has, by machine.
export function byMachine(rows: ThroughputRow[], day: string): { machine: string; site: string; seconds: Seconds }[] {
  const machines = [...new Set(rows.filter((row) => row.day === day && row.machine).map((row) => row.machine))].sort();
  return machines.map((machine) => {
    const own = rows.filter((row) => row.day === day && row.machine === machine);
    return { machine, site: own[0]?.site ?? '', seconds: sumSeconds(own) };
  });
}
