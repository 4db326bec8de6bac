// SPDX-License-Identifier: Apache-2.0
// What makers without a daemon declare: their links, what they said, what became of it.
import { post } from './api';
import { changes } from './live';
import type { Named } from './types';

export interface Declaration {
  id: number;
  name?: string; // of the maker; their own page is not told it
  part: string;
  site: string;
  quantity: number;
  made: string; // "2020-04-07"
  material: string;
  note: string;
  lot: string;
  at: string;
  state: 'waiting' | 'received' | 'refused' | 'withdrawn';
  good: number;
  scrap: number;
  reason: string;
}

// What a link shows its maker.
export interface Scope {
  name: string;
  expires: string;
  parts: Named[];
  sites: (Named & { town: string })[];
  quantity_max: number;
  items: Declaration[];
}

export interface Maker {
  id: number;
  name: string;
  contact: string;
  sites: string[]; // none: all
  parts: string[];
  expires: string;
  used: string | null;
}

export interface Reception {
  good: number;
  scrap: number;
  reason: string;
}

export async function receive(declaration: Declaration, reception: Reception): Promise<void> {
  await post(`/api/v1/declarations/${declaration.id}/receive`, reception);
  changes.set(changes.get() + 1);
}

export async function refuse(declaration: Declaration, reason: string): Promise<void> {
  await post(`/api/v1/declarations/${declaration.id}/refuse`, { reason });
  changes.set(changes.get() + 1);
}
