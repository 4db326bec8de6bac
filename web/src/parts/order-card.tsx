// SPDX-License-Identifier: Apache-2.0
// The order that comes first: how far it is, when it will be done by the forecast, and what limits.
import { get, getWorkedOut } from '../lib/api';
import { day, number } from '../lib/format';
import { itemName, type Order, productName } from '../lib/goods';
import { useRead } from '../lib/read';
import type { List, Status } from '../lib/types';
import { t } from '../lib/words';
import { Bar, Link } from './basic';

interface Range<T> {
  p10: T;
  p50: T;
  p90: T;
}

interface Forecast {
  today: ({ product: string } & Range<number>) | null;
  orders: { id: number; date: Range<string | null>; limiting: string | null }[];
}

const NONE: Forecast = { today: null, orders: [] };

// Read after the figure: a forecast may take some seconds, and nobody waits for it.
const readForecast = () => getWorkedOut<Forecast>('/api/v1/forecast').catch(() => NONE);

function when(date: Range<string | null> | undefined): string {
  if (!date?.p50) return t('orderNoDate');
  const last = date.p90 ? day(Date.parse(date.p90)) : t('later');
  return t('orderDate', { day: day(Date.parse(date.p50)), from: day(Date.parse(date.p10 ?? date.p50)), to: last });
}

export function OrderCard({ status }: { status: Status }) {
  const orders = useRead(() => get<List<Order>>('/api/v1/orders').then((list) => list.items), [] as Order[], '');
  const first = orders.filter((order) => order.state === 'open').sort((a, b) => b.priority - a.priority || (a.due ?? '9').localeCompare(b.due ?? '9') || a.id - b.id)[0];
  if (!first) return null;
  return <Shown status={status} order={first} />;
}

function Shown({ status, order }: { status: Status; order: Order }) {
  const forecast = useRead(readForecast, NONE, '');
  const told = forecast.orders.find((one) => one.id === order.id);
  const limiting = told?.limiting ?? order.limiting;
  const today = forecast.today;
  return (
    <section class="card padded order-first" aria-labelledby="order-first">
      <h2 id="order-first">
        <Link to="/queue">{order.for || t('orderN', { id: String(order.id), what: productName(status, order.product) })}</Link>
      </h2>
      <p>
        <b>{number(order.done)}</b> {t('orderOf', { n: number(order.quantity), what: productName(status, order.product) })}
      </p>
      <Bar share={order.done / order.quantity} tone="good" />
      {told && <p class="second">{when(told.date)}</p>}
      {today && <p class="second">{t('kitsTonight', { n: number(today.p50), from: number(today.p10), to: number(today.p90) })}</p>}
      {limiting && (
        <p class="second">
          {t('whatLimits')} : <b>{itemName(status, limiting)}</b>
        </p>
      )}
      <p>
        <Link to="/forecast">{t('whatIf')}</Link>
      </p>
    </section>
  );
}
