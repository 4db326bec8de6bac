// SPDX-License-Identifier: Apache-2.0
// What is bought: how long it lasts, together and at each site that uses it, and what the orders still need.
import { grams, number } from '../lib/format';
import type { Consumable, Cover } from '../lib/goods';
import { itemName } from '../lib/goods';
import { siteName } from '../lib/names';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Icon } from './icons';

const amount = (unit: string, value: number) => (unit === 'gram' ? grams(value) : number(value));

function Cells({ unit, cover }: { unit: string; cover: Cover }) {
  return (
    <>
      <td class="num">
        {cover.low ? (
          <span class="state wait">
            <Icon name="warn" /> {cover.days === null ? t('boughtOrder') : number(cover.days, 1)}
          </span>
        ) : cover.days === null ? (
          '–'
        ) : (
          number(cover.days, 1)
        )}
      </td>
      <td class="num">{amount(unit, cover.stock)}</td>
      <td class="num">{cover.per_day > 0 ? amount(unit, cover.per_day) : '–'}</td>
    </>
  );
}

export function Bought({ status, items }: { status: Status; items: Consumable[] }) {
  if (items.length === 0) return null;
  return (
    <section class="card" aria-labelledby="bought">
      <header class="card-head">
        <h2 id="bought">{t('bought')}</h2>
      </header>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('bought')}>
        <table class="stock-table">
          <thead>
            <tr>
              <th scope="col">{t('goodsWhat')}</th>
              <th scope="col" class="num">
                {t('boughtDays')}
              </th>
              <th scope="col" class="num">
                {t('boughtThere')}
              </th>
              <th scope="col" class="num">
                {t('boughtPerDay')}
              </th>
              <th scope="col" class="num">
                {t('boughtNeeded')}
              </th>
              <th scope="col" class="num">
                {t('boughtLacking')}
              </th>
            </tr>
          </thead>
          {items.map((item) => (
            <tbody key={item.part} data-bought={item.part}>
              <tr>
                <th scope="row">{itemName(status, item.part)}</th>
                <Cells unit={item.unit} cover={item} />
                <td class="num">{amount(item.unit, item.needed)}</td>
                <td class={item.lacking > 0 ? 'num strong' : 'num'}>{item.lacking > 0 ? amount(item.unit, item.lacking) : '–'}</td>
              </tr>
              {item.sites.map((site) => (
                <tr key={site.id}>
                  <th scope="row" class="second">
                    {siteName(status, site.id)}
                  </th>
                  <Cells unit={item.unit} cover={site} />
                  <td colSpan={2} />
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}
