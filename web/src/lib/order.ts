// SPDX-License-Identifier: Apache-2.0
// The order of the queue. The dispatcher knows ten priorities, then the date due, then age: to move a job is to change
// as few priorities as will do.
import type { Job } from './types';

export const TOP = 9;

export const alive = (job: Job) => job.state === 'open' || job.state === 'held';

const due = (job: Job) => (job.due ? Date.parse(job.due) : Infinity);

const byRest = (a: Job, b: Job) => (due(a) === due(b) ? 0 : due(a) - due(b)) || a.id - b.id;

export function inOrder(jobs: Job[]): Job[] {
  return jobs.filter(alive).sort((a, b) => b.priority - a.priority || byRest(a, b));
}

export interface Change {
  id: number;
  priority: number;
}

// The lowest priority each job may have so that the list stays in this order from below; above it needs a step wherever
// date and age alone would turn two neighbours round.
function steps(jobs: Job[]): boolean[] {
  return jobs.map((job, i) => {
    const next = jobs[i + 1];
    return next !== undefined && byRest(job, next) > 0;
  });
}

// Priorities for jobs in the wished order, changed as little as the order allows; null: ten priorities are not enough.
export function priorities(wished: Job[]): number[] | null {
  const above = steps(wished);
  const least: number[] = [];
  for (let i = wished.length - 1, need = 0; i >= 0; i--) {
    if (i < wished.length - 1 && above[i]) need++;
    least[i] = need;
  }
  if ((least[0] ?? 0) > TOP) return null;
  const found: number[] = [];
  for (let i = 0; i < wished.length; i++) {
    const before = found[i - 1];
    const most = before === undefined ? TOP : before - (above[i - 1] ? 1 : 0);
    found[i] = Math.max(least[i] ?? 0, Math.min(most, wished[i]?.priority ?? 0));
  }
  return found;
}

// Moves the job at `from` to the place `to` of the list. null: not possible by priorities.
export function moveTo(jobs: Job[], from: number, to: number): Change[] | null {
  const job = jobs[from];
  if (!job || to < 0 || to >= jobs.length || from === to) return [];
  const wished = jobs.filter((_, i) => i !== from);
  wished.splice(to, 0, job);
  return cheapest(wished, job);
}

// First with the moved job at each priority of its own, so that the others need not change if that is enough.
function cheapest(wished: Job[], job: Job): Change[] | null {
  let best: Change[] | null = null;
  for (let own = 0; own <= TOP; own++) {
    const tried = wished.map((one) => (one === job ? { ...one, priority: own } : one));
    const found = priorities(tried);
    if (!found) return null;
    const changes = wished.flatMap((one, i) => (found[i] === one.priority ? [] : [{ id: one.id, priority: found[i] as number }]));
    const cost = (list: Change[]) => list.length + Math.abs((list.find(({ id }) => id === job.id)?.priority ?? job.priority) - job.priority) / 100;
    if (!best || cost(changes) < cost(best)) best = changes;
  }
  return best;
}
