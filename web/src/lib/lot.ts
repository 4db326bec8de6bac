// SPDX-License-Identifier: Apache-2.0
// What is known of a lot: where it came from, and what became of it.
import { get } from './api';

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

export const CHAPTERS = ['stock', 'shipped', 'assembled', 'made', 'received', 'from', 'into', 'steps', 'discarded'] as const;
export type Chapter = (typeof CHAPTERS)[number];
export type Lot = Partial<Record<Chapter, LotRow[]>>;

// A lot in stock, as the stock's list has it.
export interface StockLot {
  site: string;
  part: string;
  lot: string;
  quantity: number;
}

interface LotStock {
  sites: { id: string; lots: { part: string; lot: string; quantity: number }[] }[];
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
