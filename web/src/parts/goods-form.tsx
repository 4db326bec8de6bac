// SPDX-License-Identifier: Apache-2.0
// What a person did with goods by hand: what, how many, where; the rest only where it is needed.
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { isCount, useForm } from '../lib/form';
import { ACTS, type GoodsAct, handleGoods, itemName, type Stock } from '../lib/goods';
import { number } from '../lib/format';
import { may } from '../lib/may';
import { siteName } from '../lib/names';
import { createKept } from '../lib/store';
import type { Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Fault, Select, Sheet } from './basic';
import { Field } from './field';

const lastSite = createKept('goods-site', '');

const EMPTY = { quantity: '', lot: '', words: '' };

// With those that have left the config and where something still lies.
const sitesOf = (status: Status, stock: Stock) => [...status.sites, ...stock.sites.filter(({ gone }) => gone)].filter(({ id }) => may('operator', id)).map(({ id }): [string, string] => [id, siteName(status, id)]);

function fieldsOf(act: GoodsAct, place: { site: string; to: string; item: string; product: boolean }, typed: typeof EMPTY): object {
  const what = act === 'assemble' || place.product ? { product: place.item } : { part: place.item };
  const more = act === 'ship' ? { for: typed.words.trim() } : act === 'assemble' ? {} : { reason: typed.words.trim() };
  return { site: place.site, ...what, quantity: Number(typed.quantity), lot: typed.lot.trim(), ...more, ...(act === 'move' ? { to: place.to } : {}) };
}

export function GoodsForm({ status, stock, act: first, onClose }: { status: Status; stock: Stock; act: GoodsAct; onClose: () => void }) {
  const sites = sitesOf(status, stock);
  const products = (status.products ?? []).map(({ id }) => id);
  const [act, setAct] = useState(first);
  const items = act === 'assemble' ? products : [...new Set([...(status.parts ?? []).map(({ id }) => id), ...Object.keys(stock.total.parts)]), ...products];
  const [site, setSite] = useState(sites.find(([id]) => id === lastSite.get())?.[0] ?? sites[0]?.[0] ?? '');
  const [to, setTo] = useState('');
  const [chosen, setChosen] = useState(items[0] ?? '');
  const item = items.includes(chosen) ? chosen : (items[0] ?? '');
  const [typed, setTyped] = useState(EMPTY);
  const form = useForm(['quantity', 'lot', 'reason', 'for']);
  const others = status.sites.filter(({ id }) => id !== site).map(({ id }): [string, string] => [id, siteName(status, id)]);
  const type = (change: Partial<typeof EMPTY>) => setTyped({ ...typed, ...change });
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(isCount(typed.quantity, act === 'count' ? 0 : 1) ? null : { field: 'quantity', text: t('quantityFault') })) return;
    const place = { site, to: others.some(([id]) => id === to) ? to : (others[0]?.[0] ?? ''), item, product: products.includes(item) };
    lastSite.set(site);
    if (await form.send(async () => (await handleGoods(act, fieldsOf(act, place, typed)), say(t('goodsDone', { what: t(`goods_${act}` as Key), n: number(Number(typed.quantity)), item: itemName(status, item), site: siteName(status, site) }))))) onClose();
  };
  return (
    <Sheet title={t(`goods_${act}` as Key)} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <Select label={t('goodsAct')} value={act} onChange={(value) => setAct(value as GoodsAct)} options={ACTS.map((one) => [one, t(`goods_${one}` as Key)])} />
        <Select label={t('site')} value={site} onChange={setSite} options={sites} />
        <Select label={t('goodsWhat')} value={item} onChange={setChosen} options={items.map((id) => [id, itemName(status, id)])} />
        {act === 'move' && <Select label={t('goodsTo')} value={to} onChange={setTo} options={others} />}
        <Field form={form} name="quantity" label={t(act === 'count' ? 'goodsThere' : 'goodsQuantity')} value={typed.quantity} onValue={(quantity) => type({ quantity })} inputMode="numeric" autocomplete="off" maxLength={7} />
        <Field form={form} name="lot" label={t('lot')} help={t(act === 'receive' ? 'lotOfLabel' : 'lotOldest')} value={typed.lot} onValue={(lot) => type({ lot })} maxLength={60} autocomplete="off" />
        {act !== 'assemble' && <Field form={form} name={act === 'ship' ? 'for' : 'reason'} label={t(act === 'ship' ? 'goodsFor' : 'goodsReason')} help={act === 'discard' || act === 'ship' ? undefined : t('dueHelp')} value={typed.words} onValue={(words) => type({ words })} maxLength={150} />}
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy || !site || !item}>
          {t('goodsSave')}
        </Button>
      </form>
    </Sheet>
  );
}
