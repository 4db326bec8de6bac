// SPDX-License-Identifier: Apache-2.0
// Links for people and workshops without a machine of ours. A link is shown once, and revoked at once.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, post, remove } from '../lib/api';
import type { Maker } from '../lib/declared';
import { useForm, type Wrong } from '../lib/form';
import { ago, now, shortDay } from '../lib/format';
import { itemName } from '../lib/goods';
import { may, mayAt } from '../lib/may';
import { siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Sheet, Sure } from './basic';
import { Field } from './field';
import { type Link, LinkCard } from './link-card';

type Choice = [id: string, name: string];

function Checks({ label, options, chosen, fault, onTurn }: { label: string; options: Choice[]; chosen: string[]; fault: string; onTurn: (ids: string[]) => void }) {
  const turn = (id: string) => onTurn(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset class="checks">
      <legend>{label}</legend>
      {options.map(([id, name]) => (
        <label key={id} class="check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => turn(id)} />
          <span>{name}</span>
        </label>
      ))}
      <Fault text={fault} />
    </fieldset>
  );
}

function AddMaker({ status, onMade, onClose }: { status: Status; onMade: () => void; onClose: () => void }) {
  const sites = status.sites.filter(({ id }) => may('coordinator', id)).map(({ id }): Choice => [id, siteName(status, id)]);
  const items = [...(status.parts ?? []), ...(status.products ?? [])].map(({ id }): Choice => [id, itemName(status, id)]);
  const [typed, setTyped] = useState({ name: '', contact: '', expires: '' });
  const [parts, setParts] = useState<string[]>([]);
  const [at, setAt] = useState<string[]>(sites.length === 1 ? sites.map(([id]) => id) : []);
  const [made, setMade] = useState<Link | null>(null);
  const form = useForm(['name', 'contact', 'expires', 'parts', 'sites']);
  const type = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const wrong = (): Wrong | null => {
    if (!typed.name.trim()) return { field: 'name', text: t('makerNameMissing') };
    if (!parts.length) return { field: 'parts', text: t('makerPartsMissing') };
    return at.length ? null : { field: 'sites', text: t('makerSitesMissing') };
  };
  const add = async (event: Event) => {
    event.preventDefault();
    if (!form.check(wrong())) return;
    await form.send(async () => {
      const fields = { name: typed.name.trim(), contact: typed.contact.trim(), parts, sites: at, ...(typed.expires ? { expires: typed.expires } : {}) };
      setMade(await post<Link>('/api/v1/makers', fields));
      onMade();
    });
  };
  if (made)
    return (
      <Sheet title={typed.name} onClose={onClose}>
        <LinkCard title={t('makers')} link={made} hint={t('makerLinkHint', { name: typed.name })}>
          <p class="second">{t('makerUntil', { day: shortDay(made.expires) })}</p>
        </LinkCard>
      </Sheet>
    );
  return (
    <Sheet title={t('makerAdd')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void add(event)} noValidate>
        <Field form={form} name="name" label={t('makerName')} help={t('makerNameHelp')} value={typed.name} onValue={(name) => type({ name })} autocomplete="off" maxLength={30} />
        <Field form={form} name="contact" label={t('makerContact')} help={t('makerContactHelp')} value={typed.contact} onValue={(contact) => type({ contact })} autocomplete="off" maxLength={60} />
        <Checks label={t('makerParts')} options={items} chosen={parts} fault={form.faultOf('parts')} onTurn={setParts} />
        <Checks label={t('makerSites')} options={sites} chosen={at} fault={form.faultOf('sites')} onTurn={setAt} />
        <Field form={form} name="expires" type="date" label={t('makerExpires')} help={t('makerExpiresHelp')} value={typed.expires} onValue={(expires) => type({ expires })} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy}>
          {t('makerAdd')}
        </Button>
      </form>
    </Sheet>
  );
}

function Row({ status, maker, busy, onRevoke }: { status: Status; maker: Maker; busy: boolean; onRevoke: () => void }) {
  const ended = Date.parse(maker.expires) < now();
  const sites = maker.sites.map((id) => siteName(status, id)).join(', ') || t('makerEverywhere');
  return (
    <li data-maker={maker.id}>
      <span>
        <b>{maker.name}</b>
        <span class="second">
          {maker.parts.map((id) => itemName(status, id)).join(', ')} · {sites}
        </span>
        <span class="second">{[maker.contact, t(ended ? 'makerEnded' : 'makerUntil', { day: shortDay(maker.expires) }), maker.used ? t('makerUsed', { age: ago(maker.used) }) : t('makerUnused')].filter(Boolean).join(' · ')}</span>
      </span>
      {mayAt('coordinator', maker.sites) && <Sure label={t('revokeOf', { name: maker.name })} sure={t('makerRevokeSure')} keep={t('keep')} disabled={busy} onSure={onRevoke} />}
    </li>
  );
}

export function Makers({ status }: { status: Status }) {
  const makers = useAnswer(() => get<{ items: Maker[] }>('/api/v1/makers'));
  const [adding, setAdding] = useState(false);
  const acting = useAct();
  const revoke = (maker: Maker) =>
    acting.run(async () => {
      await remove(`/api/v1/makers/${maker.id}`);
      say(t('makerRevoked', { name: maker.name }));
      makers.again();
    });
  return (
    <section class="card" aria-labelledby="makers">
      <header class="card-head">
        <div>
          <h2 id="makers">{t('makers')}</h2>
          <p class="second">{t('makersSub')}</p>
        </div>
        <Button onClick={() => setAdding(true)}>{t('makerAdd')}</Button>
      </header>
      <Fault text={makers.fault || acting.fault} />
      {makers.value?.items.length === 0 && <p class="empty">{t('makersNone')}</p>}
      <ul class="plain-rows inset">
        {makers.value?.items.map((maker) => (
          <Row key={maker.id} status={status} maker={maker} busy={acting.busy} onRevoke={() => void revoke(maker)} />
        ))}
      </ul>
      {adding && <AddMaker status={status} onMade={makers.again} onClose={() => setAdding(false)} />}
    </section>
  );
}
