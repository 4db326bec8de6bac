// SPDX-License-Identifier: Apache-2.0
// Goods in stock, the kits they make, and what was ordered.
import { patch, post } from './api';
import { changes } from './live';
import { mayAnywhere } from './may';
import { nameOf } from './names';
import type { Status } from './types';

export interface Place {
  id?: string;
  parts: Record<string, number>;
  products: Record<string, number>;
  kits: Record<string, number>;
  limiting: Record<string, string | null>;
  limiting_step: Record<string, string | null>;
  limiting_blocked: Record<string, number>; // pieces of the limiting part in blocked lots
  blocked: Record<string, number>; // of what there is, in blocked lots
}

export interface Cover {
  stock: number;
  per_day: number;
  days: number | null; // how long it lasts; null: none was used lately
  low: boolean;
}

export interface Consumable extends Cover {
  part: string;
  unit: 'gram' | 'piece';
  needed: number;
  lacking: number;
  sites: (Cover & { id: string })[];
}

export interface Stock {
  total: Place;
  sites: (Place & { id: string; gone?: boolean })[]; // gone: the config has it no longer, and something lies there
  consumables: Consumable[];
}

export interface OrderPart {
  part: string;
  needed: number;
  have: number;
  in_flight: number;
  owed: number;
  bought: boolean;
}

export interface Order {
  id: number;
  product: string;
  quantity: number;
  done: number;
  due: string | null;
  for: string;
  priority: number;
  state: 'open' | 'held' | 'done' | 'cancelled';
  limiting: string | null;
  parts: OrderPart[];
  version?: string;
}

export type GoodsAct = 'receive' | 'move' | 'assemble' | 'discard' | 'count' | 'ship';

export const ACTS: GoodsAct[] = ['receive', 'assemble', 'move', 'count', 'discard', 'ship'];

const read = () => changes.set(changes.get() + 1);

export async function handleGoods(act: GoodsAct, fields: object): Promise<void> {
  await post(`/api/v1/stock/${act}`, fields);
  read();
}

export async function keepOrder(order: Order | null, fields: object, seen?: string): Promise<Order> {
  const kept = order ? await patch<Order>(`/api/v1/orders/${order.id}`, fields, seen) : await post<Order>('/api/v1/orders', fields);
  read();
  return kept;
}

export async function turnOrder(order: Order, word: 'hold' | 'release' | 'cancel', seen = order.version): Promise<void> {
  await post(`/api/v1/orders/${order.id}/${word}`, {}, seen);
  read();
}

export const productName = (status: Status, id: string) => nameOf(status.products, id);

// Parts and products alike.
export const itemName = (status: Status, id: string) => (status.parts?.some((part) => part.id === id) ? nameOf(status.parts, id) : productName(status, id));

export const keepsOrders = () => mayAnywhere('coordinator');
