// SPDX-License-Identifier: Apache-2.0
// Samples of a machine's temperatures and progress: an hour of them, a few seconds apart.
import type { History, Temps } from './types';

export interface Sample extends Temps {
  at: number; // the daemon's clock, ms
  progress: number | null;
}

export const KEEP_MS = 3600000;
const EVERY_MS = 5000;

export function samplesOf(read: History): Sample[] {
  return read.at.map((seconds, i) => ({
    at: seconds * 1000,
    nozzle: read.nozzle[i] ?? null,
    nozzle_target: read.nozzle_target[i] ?? null,
    bed: read.bed[i] ?? null,
    bed_target: read.bed_target[i] ?? null,
    progress: read.progress[i] ?? null,
  }));
}

// The newest sample moves with the machine; a new one begins every few seconds, and the oldest go.
export function continued(old: Sample[], next: Sample): Sample[] {
  const before = old[old.length - 2];
  const kept = before && next.at - before.at <= EVERY_MS ? old.slice(0, -1) : old;
  const first = kept.findIndex((sample) => next.at - sample.at <= KEEP_MS);
  return [...(first > 0 ? kept.slice(first) : kept), next];
}
