// SPDX-License-Identifier: Apache-2.0
// One function says how a machine looks: every page uses it. The first row that matches wins.
import type { IconName } from '../parts/icons';
import type { Machine } from './types';
import type { Key } from './words';

export type Family = 'you' | 'lock' | 'run' | 'ready' | 'off' | 'out';

export interface Face {
  family: Family;
  icon: IconName;
  word: Key;
  verb: Key | null; // what ends the wait
}

interface Row extends Face {
  when: (machine: Machine) => boolean;
}

const flag = (name: string) => (machine: Machine) => machine.flags.includes(name);
const state = (name: string) => (machine: Machine) => machine.state === name;
const waits = (name: string) => (machine: Machine) => machine.waiting_for === name;
const spoilt = (machine: Machine) => machine.last_run?.outcome === 'failed' || machine.last_run?.outcome === 'cancelled';

// prettier-ignore
const ROWS: Row[] = [
  { family: 'lock', icon: 'lock', word: 'locked', verb: 'see', when: (m) => m.state === 'locked' || m.waiting_for === 'unlock' },
  { family: 'lock', icon: 'octagon', word: 'stopping', verb: null, when: state('stopping') },
  { family: 'out', icon: 'wrench', word: 'outOfService', verb: null, when: flag('out-of-service') },
  { family: 'out', icon: 'wrench', word: 'setAside', verb: null, when: flag('quarantined') },
  { family: 'off', icon: 'off', word: 'offline', verb: null, when: state('offline') },
  { family: 'off', icon: 'greet', word: 'connecting', verb: null, when: state('greeting') },
  { family: 'you', icon: 'question', word: 'toJudge', verb: 'judge', when: (m) => m.waiting_for === 'clear' && m.bed !== 'uncertain' && spoilt(m) },
  { family: 'you', icon: 'hand', word: 'toClear', verb: 'clear', when: (m) => m.waiting_for === 'clear' && m.bed !== 'uncertain' },
  { family: 'you', icon: 'hand', word: 'toCheck', verb: 'clear', when: (m) => m.state === 'idle' && m.bed === 'uncertain' },
  { family: 'you', icon: 'hand', word: 'toClear', verb: 'clear', when: waits('clear') },
  { family: 'you', icon: 'spool', word: 'outOfFilament', verb: 'reload', when: waits('material') },
  { family: 'you', icon: 'sheet', word: 'toLoad', verb: 'loaded', when: waits('load') },
  { family: 'you', icon: 'spool', word: 'toChange', verb: 'load', when: (m) => m.state === 'idle' && m.bed === 'clear' && !!m.material_wanted },
  { family: 'you', icon: 'pause', word: 'paused', verb: 'resume', when: state('held') },
  { family: 'run', icon: 'heat', word: 'heating', verb: null, when: state('heating') },
  { family: 'run', icon: 'run', word: 'cutting', verb: null, when: (m) => m.state === 'running' && m.kind === 'laser' },
  { family: 'run', icon: 'run', word: 'printing', verb: null, when: state('running') },
  { family: 'run', icon: 'run', word: 'finishing', verb: null, when: state('finishing') },
  { family: 'ready', icon: 'ready', word: 'ready', verb: null, when: () => true },
];

export function face(machine: Machine): Face {
  return ROWS.find((row) => row.when(machine)) as Row;
}

export const FAMILIES: Family[] = ['you', 'lock', 'run', 'ready', 'off', 'out'];

export const waitsForPerson = (machine: Machine) => ['you', 'lock'].includes(face(machine).family);

// Danger first, then the longest wait.
export function byWait(a: Machine, b: Machine): number {
  const danger = (machine: Machine) => (face(machine).family === 'lock' ? 0 : 1);
  return danger(a) - danger(b) || Date.parse(a.since ?? '') - Date.parse(b.since ?? '') || a.id.localeCompare(b.id);
}

// A machine whose last word is older than this is shown stale.
export const STALE_MS = 60000;
