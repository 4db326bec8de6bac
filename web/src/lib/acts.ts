// SPDX-License-Identifier: Apache-2.0
// What a person does: it is asked, the answer is shown where it was asked, and the state is read again at once.
import { useState } from 'preact/hooks';
import { machinePath, post, Refusal } from './api';
import { live, refresh } from './live';
import { sentence } from './said';
import { createStore } from './store';
import { machineName } from './names';
import type { Machine } from './types';
import { type Key, t } from './words';

export interface Toast {
  id: number;
  text: string;
  act?: { label: string; run: () => Promise<void> };
  until: number;
  counting?: (seconds: number) => string;
}

export const toast = createStore<Toast | null>(null);

const serial = { last: 0 };

export function say(text: string, more: Partial<Pick<Toast, 'act' | 'counting'>> & { ms?: number } = {}): void {
  toast.set({ id: ++serial.last, text, act: more.act, counting: more.counting, until: Date.now() + (more.ms ?? 6000) });
}

export function words(fault: unknown): string {
  if (!(fault instanceof Refusal)) throw fault;
  if (fault.status === 0) return t('noAnswer');
  if (fault.more.code === 'stale') return t('staleAct');
  return t(fault.more.code === 'forbidden' ? 'notMay' : 'failedAct', { why: sentence(fault.message) });
}

export interface Acting {
  busy: boolean;
  fault: string;
  run: (act: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
}

export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  async function run(act: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setFault('');
    try {
      await act();
      return true;
    } catch (caught) {
      setFault(words(caught));
      if (caught instanceof Refusal && caught.more.code === 'stale') void refresh();
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, fault, run, clear: () => setFault('') };
}

export type MachineWord = 'pause' | 'resume' | 'cancel' | 'unlock' | 'out' | 'in' | 'test';

// What must not befall another run, or another lock, than the one the person looked at.
const SURE: MachineWord[] = ['cancel', 'unlock'];

export async function order(machine: Machine, word: MachineWord, what: Key): Promise<void> {
  await post(machinePath(machine.id, word), {}, SURE.includes(word) ? machine.version : undefined);
  say(t('asked', { what: t(what), machine: machineName(live.get().status, machine) }));
  await refresh();
}
