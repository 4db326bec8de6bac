// SPDX-License-Identifier: Apache-2.0
// The verdict as it is given: good and scrap are coupled up to what the run should give.
import { machinePath, post } from './api';
import { changes, live, refresh } from './live';
import { say } from './acts';
import { machineName } from './names';
import { sentence } from './said';
import type { Machine, RunRow } from './types';
import { type Key, t } from './words';

export interface Count {
  part: string;
  pieces: number;
  good: number;
  scrap: number;
}

// What the ledger keeps, and what a person reads.
export const REASONS: [code: string, word: Key][] = [
  ['came off', 'reason_off'],
  ['warped', 'reason_warped'],
  ['clogged', 'reason_clogged'],
  ['ran out', 'reason_ranout'],
  ['incomplete', 'reason_incomplete'],
];

export function reasonWords(reason: string): string {
  const known = REASONS.find(([code]) => code === reason);
  return known ? t(known[1]) : sentence(reason) || t('noReason');
}

export const HOLD_S = 10;

// Filled with what the program should give; with nothing after a failed run.
export function firstCounts(run: RunRow): Count[] {
  return run.parts.map(({ part, pieces }) => ({
    part,
    pieces,
    good: run.status === 'finished' ? pieces : 0,
    scrap: run.status === 'finished' ? 0 : pieces,
  }));
}

// One more or less of one; the other gives way so that both stay within the run's pieces.
export function moved(count: Count, what: 'good' | 'scrap', by: number, beyond: boolean): Count {
  const other = what === 'good' ? 'scrap' : 'good';
  const value = Math.max(0, count[what] + by);
  const next = { ...count, [what]: value };
  if (beyond) return next;
  next[what] = Math.min(value, count.pieces);
  next[other] = Math.min(count.pieces - next[what], count.pieces);
  return next;
}

export const total = (counts: Count[], what: 'good' | 'scrap' | 'pieces') =>
  counts.reduce((sum, count) => sum + count[what], 0);

export function buttonWords(counts: Count[]): string {
  const values = { good: total(counts, 'good'), scrap: total(counts, 'scrap') };
  if (counts.length === 0) return t('bedEmpty');
  if (values.scrap === 0) return t('bedEmptyGood', values);
  return values.good === 0 ? t('bedEmptyScrap', values) : t('bedEmptyBoth', values);
}

async function withdraw(machine: Machine): Promise<void> {
  await post(machinePath(machine.id, 'withdraw'));
  say(t('withdrawn', { machine: machineName(live.get().status, machine) }));
  await refresh();
}

// Count and consent together: nothing is counted, and the machine does not start.
async function undo(machine: Machine): Promise<void> {
  await post(machinePath(machine.id, 'undo'));
  changes.set(changes.get() + 1);
  say(t('undone', { machine: machineName(live.get().status, machine) }));
  await refresh();
}

// restart: counts, and the next start may come. stay: counts and empties, without a start. count: the bed is not touched.
export type Manner = 'restart' | 'stay' | 'count';

const asked = (counts: Count[], reason: string) =>
  counts.length > 0 ? { parts: counts.map(({ part, pieces, good, scrap }) => ({ part, good, scrap, reason, more: good + scrap > pieces })) } : {};

export async function giveVerdict(machine: Machine, counts: Count[], reason: string, manner: Manner): Promise<void> {
  const name = machineName(live.get().status, machine);
  const values = { good: total(counts, 'good'), scrap: total(counts, 'scrap'), machine: name };
  const back = { label: t('undoAll'), run: () => undo(machine) };
  if (manner === 'count') {
    await post(machinePath(machine.id, 'count'), asked(counts, reason), machine.version);
    say(t('countedOnly', values), { ms: HOLD_S * 1000, act: back });
  } else if (manner === 'stay') {
    await post(machinePath(machine.id, 'clear'), { hold_s: 60, ...asked(counts, reason) }, machine.version);
    await post(machinePath(machine.id, 'withdraw'));
    say(t('clearedStays', values), { ms: HOLD_S * 1000, act: back });
  } else {
    await post(machinePath(machine.id, 'clear'), { hold_s: HOLD_S, ...asked(counts, reason) }, machine.version);
    const alone = { label: t('keepFrom'), run: () => withdraw(machine) };
    say(counts.length > 0 ? t('counted', values) : t('clearedOnly', values), {
      ms: HOLD_S * 1000,
      counting: (n) => t('restartsIn', { machine: name, n }),
      act: counts.length > 0 ? back : alone,
    });
  }
  changes.set(changes.get() + 1);
  await refresh();
}
