// SPDX-License-Identifier: Apache-2.0
// What there is, how many kits it makes, and which part is lacking.
import { useState } from 'preact/hooks';
import { get } from '../lib/api';
import { ACTS, type GoodsAct, itemName, type Place, productName, type Stock } from '../lib/goods';
import { number } from '../lib/format';
import { changes, live } from '../lib/live';
import { mayAnywhere } from '../lib/may';
import { siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { stepCalled } from '../lib/steps';
import { useStore } from '../lib/store';
import type { Named, Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Badge, Button, Link } from '../parts/basic';
import { BlockedLots } from '../parts/blocked';
import { Bought } from '../parts/bought';
import { GoodsForm } from '../parts/goods-form';
import { Icon } from '../parts/icons';
import { Lots } from '../parts/lots';
import { Makers } from '../parts/makers';
import { PageTitle } from '../parts/shell';
import { ToReceive } from '../parts/to-receive';
import { Waitless } from './today';

const WIDEST = 2.5; // a bar is cut where it would be this many times the kits possible

// How many kits can be put together now, and why no more.
function answer(status: Status, product: Named, total: Place): string {
  const kits = t('kitsPossible', { n: total.kits[product.id] ?? 0, product: productName(status, product.id) });
  const limiting = total.limiting[product.id];
  if (!limiting) return kits;
  const part = itemName(status, limiting);
  const step = total.limiting_step[product.id];
  const blocked = total.limiting_blocked[product.id] ?? 0;
  const lacks = step ? t('kitsAwait', { part, step: stepCalled(status, limiting, step) }) : t('kitsShort', { part });
  return blocked > 0 ? `${kits} ${lacks} ${t('kitsBlocked', { n: blocked })}` : `${kits} ${lacks}`;
}

// One bar a part, in kits; a line through all of them at the kits possible.
function KitBars({ status, product, total }: { status: Status; product: Named & { parts?: Record<string, number> }; total: Place }) {
  const kits = total.kits[product.id] ?? 0;
  const rows = Object.entries(product.parts ?? {}).map(([part, each]) => ({ part, there: total.parts[part] ?? total.products[part] ?? 0, each }));
  const worth = rows.map(({ there, each }) => Math.floor(Math.max(0, there) / each));
  const scale = Math.max(1, Math.min(Math.max(...worth), kits > 0 ? kits * WIDEST : Math.max(...worth)));
  return (
    <ul class="kit-bars">
      {rows.map(({ part, there, each }, i) => {
        const lacking = total.limiting[product.id] === part;
        return (
          <li key={part} class={lacking ? 'lacking' : ''}>
            <p>
              <b>{itemName(status, part)}</b>
              {each > 1 && <span class="second">{t('eachKit', { n: each })}</span>}
              {lacking && (
                <span class="state wait">
                  <Icon name="warn" /> {t('limits')}
                </span>
              )}
              {(total.blocked[part] ?? 0) > 0 && <span class="second">{t('ofThemBlocked', { n: number(total.blocked[part] ?? 0) })}</span>}
              <b class="num">{number(there)}</b>
            </p>
            <span class="kit-bar" aria-hidden="true">
              <i style={{ width: `${Math.min(1, (worth[i] ?? 0) / scale) * 100}%` }} />
              {(worth[i] ?? 0) > scale && <em />}
              <s style={{ left: `${Math.min(1, kits / scale) * 100}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

// Of the config, and what has left it and is still there.
function itemsOf(status: Status, stock: Stock): string[] {
  const known = [...(status.products ?? []), ...(status.parts ?? [])].map(({ id }) => id);
  return [...known, ...Object.keys(stock.total.parts).filter((id) => !known.includes(id))];
}

function SiteTable({ status, stock }: { status: Status; stock: Stock }) {
  const items = itemsOf(status, stock);
  const count = (place: Place, item: string) => place.parts[item] ?? place.products[item] ?? 0;
  const used = items.filter((item) => count(stock.total, item) !== 0);
  const sites = stock.sites.filter((site) => used.some((item) => count(site, item) !== 0));
  if (sites.length === 0) return <p class="empty">{t('stockEmpty')}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('stockBySite')}>
      <table class="stock-table">
        <thead>
          <tr>
            <th scope="col">{t('site')}</th>
            {used.map((item) => (
              <th key={item} scope="col" class="num">
                {itemName(status, item)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sites.map((site) => (
            <tr key={site.id}>
              <th scope="row">
                <Badge status={status} site={site.id} /> {siteName(status, site.id)}
                {site.gone && <span class="second">{t('siteGone')}</span>}
              </th>
              {used.map((item) => (
                <td key={item} class="num">
                  {number(count(site, item))}
                </td>
              ))}
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">{t('allSites')}</th>
            {used.map((item) => (
              <td key={item} class="num strong">
                {number(count(stock.total, item))}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

export function StockPage() {
  const { status } = useStore(live);
  const stock = useRead(() => get<Stock>('/api/v1/stock'), null as Stock | null, String(useStore(changes)));
  const [act, setAct] = useState<GoodsAct | null>(null);
  if (!status || !stock) return <Waitless />;
  const product = status.products?.[0];
  return (
    <div class="queue-page">
      <section class="card" aria-labelledby="stock">
        <header class="card-head">
          <PageTitle sub={product && answer(status, product, stock.total)}>
            <span id="stock">{t('stock')}</span>
          </PageTitle>
          {mayAnywhere('operator') && (
            <div class="act-row">
              <Link class="button plain" to="/steps">
                {t('handWork')}
              </Link>
              {ACTS.map((one) => (
                <Button key={one} kind={one === 'assemble' ? 'main' : 'plain'} onClick={() => setAct(one)}>
                  {t(`goods_${one}` as Key)}
                </Button>
              ))}
            </div>
          )}
        </header>
        {product && <KitBars status={status} product={product} total={stock.total} />}
        <SiteTable status={status} stock={stock} />
      </section>
      {mayAnywhere('operator') && <ToReceive status={status} />}
      <BlockedLots blocks={status.blocked ?? []} />
      <Bought status={status} items={stock.consumables} />
      <Lots status={status} />
      {mayAnywhere('coordinator') && <Makers status={status} />}
      {act && <GoodsForm status={status} stock={stock} act={act} onClose={() => setAct(null)} />}
    </div>
  );
}
