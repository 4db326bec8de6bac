// SPDX-License-Identifier: Apache-2.0
// What was ordered: how far it is, what it lacks, and what its coordinator may do with it.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get } from '../lib/api';
import { isCount, PRIORITIES, useForm } from '../lib/form';
import { isoDay, number, shortDay } from '../lib/format';
import { itemName, keepOrder, keepsOrders, type Order, productName, turnOrder } from '../lib/goods';
import { changes } from '../lib/live';
import { useRead } from '../lib/read';
import { useStore } from '../lib/store';
import { touched } from '../lib/touched';
import type { List, Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Bar, Button, Fault, Select, Sheet, Sure } from './basic';
import { Field } from './field';
import { Stale } from './stale';

const NEW = { quantity: '', priority: '5', due: '', for: '' };
type Typed = typeof NEW;

const asTyped = (order: Order): Typed => ({ quantity: String(order.quantity), priority: String(order.priority), due: order.due ? isoDay(Date.parse(order.due)) : '', for: order.for });
const fieldsOf = (typed: Typed) => ({ quantity: Number(typed.quantity), priority: Number(typed.priority), due: typed.due, for: typed.for.trim() });

function changed(order: Order, typed: Typed): object {
  const change = touched(fieldsOf(asTyped(order)), fieldsOf(typed));
  return change.due === '' ? { ...change, due: 'none' } : change;
}

const linesOf = (order: Order) =>
  [`${t('orderQuantity')} : ${number(order.quantity)}`, t('priorityN', { n: order.priority }), order.due && t('dueOn', { day: shortDay(order.due) }), order.for, t(`order_${order.state}` as Key)].filter((line): line is string => !!line);

function OrderForm({ status, order: shown, onClose }: { status: Status; order: Order | null; onClose: () => void }) {
  const [order, setOrder] = useState(shown); // as it was when the form opened
  const products = (status.products ?? []).map(({ id }): [string, string] => [id, productName(status, id)]);
  const [product, setProduct] = useState(order?.product ?? products[0]?.[0] ?? '');
  const [typed, setTyped] = useState(order ? asTyped(order) : NEW);
  const form = useForm(['quantity', 'due', 'for']);
  const now = form.stale as Order | null;
  const type = (change: Partial<Typed>) => setTyped({ ...typed, ...change });
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (!form.check(isCount(typed.quantity) ? null : { field: 'quantity', text: t('quantityFault') })) return;
    const done = await form.send(async () => {
      const { due, ...fields } = fieldsOf(typed);
      const kept = order ? await keepOrder(order, changed(order, typed), (now ?? order).version) : await keepOrder(null, { ...fields, product, ...(due ? { due } : {}) });
      say(t(order ? 'orderChanged' : 'orderAdded', { id: String(kept.id), n: number(kept.quantity), what: productName(status, kept.product) }));
    });
    if (done) onClose();
  };
  const take = (current: Order) => {
    setOrder(current);
    setTyped(asTyped(current));
    form.check(null);
  };
  return (
    <Sheet title={order ? t('orderN', { id: String(order.id), what: productName(status, order.product) }) : t('newOrder')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        {!order && <Select label={t('product')} value={product} onChange={setProduct} options={products} />}
        <Field form={form} name="quantity" label={t('orderQuantity')} value={typed.quantity} onValue={(quantity) => type({ quantity })} inputMode="numeric" autocomplete="off" maxLength={7} />
        <Field form={form} name="for" label={t('orderFor')} help={t('dueHelp')} value={typed.for} onValue={(name) => type({ for: name })} maxLength={120} />
        <Field form={form} name="due" label={t('due')} help={t('dueHelp')} type="date" value={typed.due} onValue={(due) => type({ due })} />
        <Select label={`${t('priority')} (${t('priorityHelp')})`} value={typed.priority} onChange={(priority) => type({ priority })} options={PRIORITIES} />
        {now && <Stale now={linesOf(now)} busy={form.busy} onKeep={() => void save()} onTake={() => take(now)} />}
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy || now !== null || !product}>
          {t(order ? 'save' : 'add')}
        </Button>
      </form>
    </Sheet>
  );
}

// What still lacks most, in words: the limiting part, and how many of it.
function lack(status: Status, order: Order): string {
  const part = order.parts.find((one) => one.part === order.limiting);
  if (!part || order.state === 'done') return '';
  const n = Math.max(0, part.needed - part.have);
  return t(part.bought ? 'orderBuy' : 'orderLacks', { n: number(n), part: itemName(status, part.part) });
}

function OrderRow({ status, order, onEdit }: { status: Status; order: Order; onEdit: () => void }) {
  const acting = useAct();
  const open = order.state === 'open' || order.state === 'held';
  const turn = (word: 'hold' | 'release' | 'cancel', state: Key) =>
    void acting.run(async () => {
      await turnOrder(order, word);
      say(t('orderN', { id: String(order.id), what: t(state).toLowerCase() }));
    });
  const sub = [t('numberN', { id: String(order.id) }), order.for, order.due && t('dueOn', { day: shortDay(order.due) }), t('priorityN', { n: order.priority })];
  return (
    <li data-order={order.id}>
      <div class="job-who">
        <h3>{productName(status, order.product)}</h3>
        <p class="second">{sub.filter(Boolean).join(' · ')}</p>
      </div>
      <div class="job-made">
        <p>
          <span>
            <b>{number(order.done)}</b> {t('orderDone', { n: order.done })}
          </span>
          <span>{number(order.quantity)}</span>
        </p>
        <Bar share={order.done / order.quantity} tone="good" />
        <p class="second">{order.state === 'open' ? lack(status, order) : t(`order_${order.state}` as Key)}</p>
      </div>
      {keepsOrders() && open && (
        <div class="act-row">
          <Button onClick={onEdit}>{t('changeJob')}</Button>
          {order.state === 'open' ? <Button onClick={() => turn('hold', 'order_held')}>{t('hold')}</Button> : <Button onClick={() => turn('release', 'order_open')}>{t('release')}</Button>}
          <Sure label={t('cancelOrder')} sure={t('cancelOrderSure')} keep={t('keepOrder')} onSure={() => turn('cancel', 'order_cancelled')} />
        </div>
      )}
      <Fault text={acting.fault} />
    </li>
  );
}

export function Orders({ status }: { status: Status }) {
  const orders = useRead(() => get<List<Order>>('/api/v1/orders').then((list) => list.items), null as Order[] | null, String(useStore(changes)));
  const [form, setForm] = useState<{ order: Order | null } | null>(null);
  if (!orders || (orders.length === 0 && !keepsOrders())) return null;
  const open = orders.filter((order) => order.state === 'open');
  const left = open.reduce((sum, order) => sum + order.quantity - order.done, 0);
  return (
    <section class="card" aria-labelledby="orders">
      <header class="card-head">
        <div>
          <h2 id="orders">{t('orders')}</h2>
          <p class="second">{open.length ? t('ordersSentence', { n: open.length, left }) : t('ordersNone')}</p>
        </div>
        {keepsOrders() && <Button onClick={() => setForm({ order: null })}>{t('newOrder')}</Button>}
      </header>
      <ul class="order-rows">
        {orders
          .filter((order) => order.state !== 'cancelled')
          .map((order) => (
            <OrderRow key={order.id} status={status} order={order} onEdit={() => setForm({ order })} />
          ))}
      </ul>
      {form && <OrderForm status={status} order={form.order} onClose={() => setForm(null)} />}
    </section>
  );
}
