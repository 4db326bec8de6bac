// SPDX-License-Identifier: Apache-2.0
// Work by hand between made and shipped: what waits for which step, batches that were done, and taking them back.
import { get, post } from './api';
import { changes, live } from './live';
import type { List, Status } from './types';
import { type Key, language, t } from './words';

export interface WaitingLot {
  lot: string; // '': none was said
  waiting: number;
  blocked?: boolean; // no hand works on it
}

export interface HandStep {
  site: string;
  part?: string;
  product?: string;
  step: string;
  name: { fr: string; en: string };
  kind: 'deburr' | 'wash' | 'rest' | 'inspect' | 'pack' | 'other';
  minutes: number;
  method: string;
  gate: boolean;
  waiting: number;
  lots: WaitingLot[]; // the oldest first
}

export interface Batch {
  quantity: number;
  scrap: number;
  reason: string;
  note: string;
}

// Why a piece is found bad at a step; the daemon keeps the code.
export const WHY_BAD: [code: string, word: Key][] = [
  ['cracked', 'reason_cracked'],
  ['deformed', 'reason_deformed'],
  ['scratched', 'reason_scratched'],
  ['does not fit', 'reason_fit'],
];

export function handReason(reason: string): string {
  const known = WHY_BAD.find(([code]) => code === reason);
  return known ? t(known[1]) : reason;
}

export const readSteps = () => get<List<HandStep>>('/api/v1/steps').then((list) => list.items);

export const stepName = (step: HandStep) => step.name[language.get()];

// What people call a step of work by hand on a part or product; its id once the config has it no more.
export function stepCalled(status: Status, item: string, id: string): string {
  const known = status.steps?.find((step) => step.item === item && step.id === id);
  return known ? known.name[language.get()] : id;
}

// A step's French name by its English one, which the daemon's sentences say.
export const stepInFrench = (english: string): string | null => live.get().status?.steps?.find((step) => step.name.en === english)?.name.fr ?? null;

export const stepKey = (step: HandStep) => `${step.site} ${step.part ?? ''} ${step.product ?? ''} ${step.step}`;

// What a batch takes of each lot, as the daemon takes it: the oldest first, scrap before what is done.
export function shares(lots: WaitingLot[], batch: Batch): { lot: string; quantity: number; scrap: number }[] {
  let { quantity, scrap } = batch;
  return lots
    .map(({ lot, waiting }) => {
      const bad = Math.min(waiting, scrap);
      const done = Math.min(waiting - bad, quantity);
      scrap -= bad;
      quantity -= done;
      return { lot, quantity: done, scrap: bad };
    })
    .filter((share) => share.quantity + share.scrap > 0);
}

const what = (step: HandStep) => ({ site: step.site, step: step.step, ...(step.part ? { part: step.part } : { product: step.product }) });

const read = () => changes.set(changes.get() + 1);

// One call for each lot, so that each can be taken back as it was given.
export async function doBatch(step: HandStep, lots: WaitingLot[], batch: Batch): Promise<void> {
  const { reason, note } = batch;
  for (const share of shares(lots, batch)) await post('/api/v1/steps', { ...what(step), ...share, reason: share.scrap > 0 ? reason : '', note });
  read();
}

export async function takeBack(step: HandStep, lots: WaitingLot[], batch: Batch): Promise<void> {
  for (const share of shares(lots, batch)) await post('/api/v1/steps/back', { ...what(step), ...share, reason: share.scrap > 0 ? batch.reason : '' });
  read();
}

// A batch that was counted, with what of it has not been taken back.
export interface DoneBatch {
  at: string;
  site: string;
  part?: string;
  product?: string;
  lot: string;
  step: string;
  name: { fr: string; en: string } | null; // null: the config has this step no more
  by: string;
  quantity: number; // below 0: it takes back
  scrap: number;
  left: number;
  left_scrap: number;
  note: string;
  reason: string;
}

export const readBatches = () => get<List<DoneBatch>>('/api/v1/steps/batches').then((list) => list.items);

export const batchStep = (batch: DoneBatch) => batch.name?.[language.get()] ?? batch.step;

export async function undoBatch(batch: DoneBatch): Promise<void> {
  const { site, step, lot, part, product, left: quantity, left_scrap: scrap, reason } = batch;
  await post('/api/v1/steps/back', { site, step, lot, ...(part ? { part } : { product }), quantity, scrap, reason: scrap > 0 ? reason : '' });
  read();
}
