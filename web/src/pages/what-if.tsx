// SPDX-License-Identifier: Apache-2.0
// "What if": changes a coordinator thinks of, and what the forecast says of them beside how things are now.
import { useState } from 'preact/hooks';
import { getWorkedOut } from '../lib/api';
import { duration, number, shortDay } from '../lib/format';
import { itemName, productName } from '../lib/goods';
import { live } from '../lib/live';
import { modelName, siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Fault, Select } from '../parts/basic';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

interface Range<T> {
  p10: T;
  p50: T;
  p90: T;
}

interface Told {
  today: ({ product: string } & Range<number>) | null;
  orders: { id: number; product: string; quantity: number; date: Range<string | null> }[];
}

interface Trial {
  kind: 'printers' | 'lasers' | 'operators' | 'hours' | 'part';
  part: string | null;
  more: number;
  earlier_h: number;
}

interface Forecast extends Told {
  runs: number;
  bottleneck: Trial | null;
  what_if: (Told & { earlier_h: number | null }) | null;
}

const MOST = 8; // changes the daemon tries together
const KINDS = ['machines', 'hours', 'operators', 'close', 'stock'] as const;
type Kind = (typeof KINDS)[number];

interface Draft {
  kind: Kind;
  site: string;
  model: string;
  part: string;
  number: string;
  opens: string;
  closes: string;
}

// As GET /api/v1/forecast wants it.
function changeOf({ kind, site, model, part, number: n, opens, closes }: Draft): string {
  const signed = Number(n) < 0 ? String(Number(n)) : `+${Number(n)}`;
  if (kind === 'machines') return `${signed} ${model}@${site}`;
  if (kind === 'hours') return `hours ${site} ${opens}-${closes}`;
  if (kind === 'operators') return `operators ${site} ${signed}`;
  return kind === 'close' ? `close ${site}` : `stock ${part} ${signed}`;
}

function wordsOf(status: Status, draft: Draft): string {
  const values = { n: Number(draft.number), site: siteName(status, draft.site), model: modelName(status, draft.model), part: itemName(status, draft.part), opens: draft.opens, closes: draft.closes };
  return t(`whatIf_${draft.kind}` as Key, values);
}

function firstDraft(status: Status): Draft {
  const printer = status.machines.find((machine) => machine.kind === 'printer') ?? status.machines[0];
  return { kind: 'machines', site: printer?.site ?? status.sites[0]?.id ?? '', model: printer?.model ?? '', part: status.parts?.[0]?.id ?? '', number: '3', opens: '08:00', closes: '22:00' };
}

function Choose({ status, full, onAdd }: { status: Status; full: boolean; onAdd: (draft: Draft) => void }) {
  const [draft, setDraft] = useState(() => firstDraft(status));
  const put = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const models = [...new Set(status.machines.map(({ model }) => model))].sort();
  const counted = draft.kind === 'machines' || draft.kind === 'operators' || draft.kind === 'stock';
  const whole = !counted || (/^[+-]?\d{1,5}$/.test(draft.number.trim()) && Number(draft.number) !== 0);
  const field = (word: Key, type: string, name: 'number' | 'opens' | 'closes') => (
    <label class="field small">
      <span>{t(word)}</span>
      <input type={type} value={draft[name]} inputMode={type === 'text' ? 'numeric' : undefined} maxLength={6} onInput={(event) => put({ [name]: event.currentTarget.value })} />
    </label>
  );
  const add = (event: Event) => {
    event.preventDefault();
    if (whole && !full) onAdd(draft);
  };
  return (
    <form class="choose" onSubmit={add}>
      <Select label={t('whatIfKind')} value={draft.kind} onChange={(kind) => put({ kind: kind as Kind })} options={KINDS.map((kind): [string, string] => [kind, t(`whatIfKind_${kind}` as Key)])} />
      {draft.kind !== 'stock' && <Select label={t('site')} value={draft.site} onChange={(site) => put({ site })} options={status.sites.map(({ id }): [string, string] => [id, siteName(status, id)])} />}
      {draft.kind === 'machines' && <Select label={t('model')} value={draft.model} onChange={(model) => put({ model })} options={models.map((id): [string, string] => [id, modelName(status, id)])} />}
      {draft.kind === 'stock' && <Select label={t('part')} value={draft.part} onChange={(part) => put({ part })} options={(status.parts ?? []).map(({ id }): [string, string] => [id, itemName(status, id)])} />}
      {counted && field('whatIfMore', 'text', 'number')}
      {draft.kind === 'hours' && field('whatIfOpens', 'time', 'opens')}
      {draft.kind === 'hours' && field('whatIfCloses', 'time', 'closes')}
      <Button type="submit" disabled={!whole || full}>
        {t('whatIfAdd')}
      </Button>
    </form>
  );
}

const dated = (at: string | null) => (at ? shortDay(Date.parse(at)) : t('later'));

function ranged(range: Range<string | null> | undefined): string {
  if (!range?.p50) return t('orderNoDate');
  return t('whatIfRange', { day: dated(range.p50), from: dated(range.p10), to: dated(range.p90) });
}

const tonight = (told: Told) => (told.today ? t('whatIfRange', { day: number(told.today.p50), from: number(told.today.p10), to: number(told.today.p90) }) : '—');

function Compared({ status, now, then }: { status: Status; now: Forecast; then: Told | null }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('whatIfTable')}>
      <table class="what-if-table">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{t('whatIfNow')}</th>
            {then && <th scope="col">{t('whatIfThen')}</th>}
          </tr>
        </thead>
        <tbody>
          {now.today && (
            <tr>
              <th scope="row">{t('whatIfTonight', { what: productName(status, now.today.product) })}</th>
              <td>{tonight(now)}</td>
              {then && <td>{tonight(then)}</td>}
            </tr>
          )}
          {now.orders.map((order) => (
            <tr key={order.id}>
              <th scope="row">{t('orderN', { id: String(order.id), what: productName(status, order.product) })}</th>
              <td>{ranged(order.date)}</td>
              {then && <td>{ranged(then.orders.find(({ id }) => id === order.id)?.date)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function limits(status: Status, trial: Trial): string {
  const what = trial.part ? itemName(status, trial.part) : '';
  return t(`limit_${trial.kind}` as Key, { n: number(trial.more, 1), what, time: duration(trial.earlier_h * 3600) });
}

function difference(told: { earlier_h: number | null }): string {
  const seconds = (told.earlier_h ?? 0) * 3600;
  if (told.earlier_h === null || Math.abs(seconds) < 600) return t('whatIfSame');
  return t(seconds > 0 ? 'whatIfEarlier' : 'whatIfLater', { time: duration(Math.abs(seconds)) });
}

const pathOf = (changes: string[]) => `/api/v1/forecast${changes.length ? `?${changes.map((change) => `what_if=${encodeURIComponent(change)}`).join('&')}` : ''}`;

// A forecast takes some seconds: what stood there stays, and says that the new one is being worked out.
function Outcome({ status, asked, now }: { status: Status; asked: string[]; now: Forecast }) {
  const key = asked.join('\n');
  const then = useAnswer(async () => ({ key, told: asked.length ? (await getWorkedOut<Forecast>(pathOf(asked))).what_if : null }), key);
  const waits = then.value?.key !== key && !then.fault;
  const told = then.value?.told ?? null;
  return (
    <section class="card padded" aria-labelledby="what-if-outcome" aria-busy={waits}>
      <h2 id="what-if-outcome">
        <span role="status">{waits ? t('whatIfWaits') : told ? difference(told) : t('whatIfAsIs')}</span>
      </h2>
      <Fault text={then.fault} />
      <Compared status={status} now={now} then={told} />
      <p class="second">{t('whatIfHow', { n: now.runs })}</p>
    </section>
  );
}

function Asking({ status, now }: { status: Status; now: Forecast }) {
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const [asked, setAsked] = useState<string[]>([]);
  const changes = drafts.map(changeOf);
  const without = (i: number) => setDrafts(drafts.filter((_, k) => k !== i));
  return (
    <>
      <section class="card padded" aria-labelledby="what-if">
        <PageTitle sub={now.bottleneck ? limits(status, now.bottleneck) : t('limitNothing')}>
          <span id="what-if">{t('whatIf')}</span>
        </PageTitle>
        <Choose status={status} full={drafts.length >= MOST} onAdd={(draft) => setDrafts([...drafts, draft])} />
        <ul class="what-if-list">
          {drafts.map((draft, i) => (
            <li key={`${i} ${changeOf(draft)}`}>
              <b>{wordsOf(status, draft)}</b>
              <Button kind="quiet" icon="cross" onClick={() => without(i)} aria-label={`${t('whatIfRemove')} : ${wordsOf(status, draft)}`}>
                {t('whatIfRemove')}
              </Button>
            </li>
          ))}
        </ul>
        <Button kind="main" disabled={drafts.length === 0 || changes.join() === asked.join()} onClick={() => setAsked(changes)}>
          {t('whatIfAsk')}
        </Button>
      </section>
      <Outcome status={status} asked={asked} now={now} />
    </>
  );
}

export function WhatIfPage() {
  const { status } = useStore(live);
  const now = useAnswer(() => getWorkedOut<Forecast>(pathOf([])), 'now');
  if (!status) return <Waitless />;
  if (now.value) return <div class="what-if-page"><Asking status={status} now={now.value} /></div>;
  return (
    <div class="card padded">
      <PageTitle sub={now.fault ? undefined : t('whatIfWaits')}>{t('whatIf')}</PageTitle>
      <Fault text={now.fault} />
      {!now.fault && (
        <div class="grey-shapes" aria-hidden="true">
          <i />
          <i />
        </div>
      )}
    </div>
  );
}
