// SPDX-License-Identifier: Apache-2.0
// How many of what: pieces are counted, filament is weighed.
import { grams, number } from '../lib/format';
import { itemName } from '../lib/goods';
import type { Status } from '../lib/types';

export function ItemCount({ status, item, count }: { status: Status; item: string; count: number }) {
  const weighed = status.parts?.some((part) => part.id === item && part.unit === 'gram');
  return (
    <>
      <b class="num">{weighed ? grams(count) : number(count)}</b> {weighed ? '' : '× '}
      {itemName(status, item)}
    </>
  );
}
