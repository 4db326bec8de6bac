// SPDX-License-Identifier: Apache-2.0
// What is known of a lot: where it came from, and what became of it.
import { get, post } from './api';
import { changes } from './live';
import type { Block } from './types';

export interface LotRow {
  lot: string;
  item: string; // part or product
  site: string;
  quantity: number;
  at?: string | null;
  by?: string;
  reason?: string; // to whom, from whom, or why
  kit_lot?: string;
  step?: string;
  run?: number;
  machine?: string;
  program?: string;
  program_name?: string;
  material_lot?: string;
  maker?: string; // who declared it; absent: bought
  declaration?: number;
}

export const CHAPTERS = ['stock', 'shipped', 'assembled', 'made', 'received', 'from', 'into', 'steps', 'discarded', 'blocks', 'releases'] as const;
export type Chapter = (typeof CHAPTERS)[number];
export type Lot = Partial<Record<Chapter, LotRow[]>> & { blocked?: Block[] };

// A lot in stock, as the stock's list has it.
export interface StockLot {
  site: string;
  part: string;
  lot: string;
  quantity: number;
  blocked?: boolean;
}

interface LotStock {
  sites: { id: string; lots: Omit<StockLot, 'site'>[] }[];
}

export const lotPath = (lot: string) => `/lots/${encodeURIComponent(lot)}`;

export const readLot = (lot: string) => get<Lot>(`/api/v1${lotPath(lot)}`);

// Newest first: the names begin with a letter and the day; what was bought, with names of others, comes last.
export async function readLots(): Promise<StockLot[]> {
  const { sites } = await get<LotStock>('/api/v1/stock?lots=true');
  const age = (lot: string) => /^[A-Z](\d{6}(?:-\d{4})?)-/.exec(lot)?.[1] ?? '';
  const lots = sites.flatMap(({ id, lots: there }) => there.map((one) => ({ site: id, ...one }))).filter(({ lot, quantity }) => lot !== '' && quantity !== 0);
  return lots.sort((a, b) => age(b.lot).localeCompare(age(a.lot)) || a.lot.localeCompare(b.lot));
}

// What a lot is: put together, made, or received; and how many of it there were, and are.
export function subjectOf(lot: Lot, name: string): { row: LotRow; kind: 'assembled' | 'made' | 'received'; quantity: number } | null {
  for (const kind of ['assembled', 'made', 'received'] as const) {
    const rows = (lot[kind] ?? []).filter((row) => row.lot === name);
    if (rows[0]) return { row: rows[0], kind, quantity: rows.reduce((sum, row) => sum + row.quantity, 0) };
  }
  return null;
}

// What a word about a lot would hold or free: its own pieces in stock, and those of the kits it went into.
export function heldBy(lot: Lot, name: string, release: boolean): { own: LotRow[]; kits: LotRow[] } {
  const blocked = new Set((lot.blocked ?? []).map((block) => block.lot));
  const rows = (lot.stock ?? []).filter((row) => blocked.has(row.lot) === release);
  const kits = new Set((lot.into ?? []).map((row) => row.kit_lot));
  return { own: rows.filter((row) => !kits.has(row.lot)), kits: rows.filter((row) => row.lot !== name && kits.has(row.lot)) };
}

export async function sayLot(lot: string, release: boolean, fields: { reason: string; with_assembled: boolean }): Promise<void> {
  await post(`/api/v1${lotPath(lot)}/${release ? 'release' : 'block'}`, fields);
  changes.set(changes.get() + 1);
}
