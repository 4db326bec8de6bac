// SPDX-License-Identifier: Apache-2.0
// The newest run of each machine: what lies on a bed that waits, and how it ended.
import { get } from './api';
import { changes, live } from './live';
import { createStore } from './store';
import type { List, Machine, RunRow } from './types';

const RECENT = 300;
const QUIET_MS = 3000;

export const recent = createStore<RunRow[]>([]);

const box = { timer: 0, readAt: 0, used: false };

async function read(): Promise<void> {
  box.readAt = Date.now();
  try {
    recent.set((await get<List<RunRow>>(`/api/v1/runs?limit=${RECENT}`)).items);
  } catch {
    /* what was read stays */
  }
}

function soon(): void {
  if (!box.used || box.timer !== 0 || document.visibilityState === 'hidden') return;
  box.timer = window.setTimeout(
    () => {
      box.timer = 0;
      void read();
    },
    Math.max(0, box.readAt + QUIET_MS - Date.now()),
  );
}

changes.follow(soon);

// Pages that show runs say so once.
export function wantRuns(): void {
  if (box.used) return;
  box.used = true;
  soon();
}

const ENDED = ['finished', 'failed', 'cancelled'];

export const awaitsVerdict = (run: RunRow | undefined) => !!run && !run.judged && ENDED.includes(run.status);

// The run whose pieces lie on this machine's bed, uncounted.
export function lyingRun(machine: Machine, runs: RunRow[]): RunRow | undefined {
  const newest = runs.find((run) => run.machine === machine.id && run.status !== 'refused');
  return awaitsVerdict(newest) ? newest : undefined;
}

export async function newestRun(machine: string): Promise<RunRow | undefined> {
  const list = await get<List<RunRow>>(`/api/v1/runs?machine=${encodeURIComponent(machine)}&limit=10`);
  return list.items.find((run) => run.status !== 'refused');
}

export const pieces = (run: RunRow) => run.parts.reduce((sum, part) => sum + part.pieces, 0);

export const status = () => live.get().status;
