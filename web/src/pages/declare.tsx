// SPDX-License-Identifier: Apache-2.0
// For who makes pieces without a machine of ours: opened by a link, no account, no cookie. The link's secret stands behind
// its #, which no browser sends along, and goes to the daemon in a header alone.
import { useEffect, useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { bearing, key, Refusal } from '../lib/api';
import type { Declaration, Scope } from '../lib/declared';
import { isCount, useForm } from '../lib/form';
import { isoDay, number, shortDay } from '../lib/format';
import { nameOf } from '../lib/names';
import { t } from '../lib/words';
import { Button, Fault, Select, Sure } from '../parts/basic';
import { DeclarationState } from '../parts/declaration-state';
import { Field } from '../parts/field';
import { Entry } from './entry';

const HERE = '/api/v1/declare';
const AGAIN_MS = 30000;

type Link = ReturnType<typeof bearing>;

interface Known {
  scope: Scope | null; // null: not there yet
  over: boolean; // the link is valid no more
  again: () => Promise<void>;
}

function useScope(link: Link): Known {
  const [scope, setScope] = useState<Scope | null>(null);
  const [over, setOver] = useState(false);
  const again = async () => {
    try {
      setScope(await link.get<Scope>(HERE));
    } catch (caught) {
      if (!(caught instanceof Refusal)) throw caught;
      if (caught.status === 401 || caught.status === 403 || caught.status === 409) setOver(true);
    }
  };
  useEffect(() => {
    void again();
    const timer = window.setInterval(() => document.visibilityState === 'visible' && void again(), AGAIN_MS);
    return () => window.clearInterval(timer);
  }, []);
  return { scope, over, again };
}

const placeName = ({ id, name = id, town }: Scope['sites'][number]) => (town && !name.includes(town) ? `${name}, ${town}` : name);

const FIRST = { quantity: '', material: '', note: '' };

function DeclareForm({ link, scope, onDone }: { link: Link; scope: Scope; onDone: (made: Declaration) => void }) {
  const [part, setPart] = useState(scope.parts[0]?.id ?? '');
  const [site, setSite] = useState(scope.sites[0]?.id ?? '');
  const [made, setMade] = useState(isoDay(Date.now()));
  const [typed, setTyped] = useState(FIRST);
  const [mark, setMark] = useState(key); // sent again after a lost answer, it declares once
  const form = useForm(['quantity', 'made', 'material', 'note']);
  const edit = (act: () => void) => {
    setMark(key());
    act();
  };
  const type = (change: Partial<typeof FIRST>) => edit(() => setTyped({ ...typed, ...change }));
  const send = async (event: Event) => {
    event.preventDefault();
    const fits = isCount(typed.quantity) && Number(typed.quantity) <= scope.quantity_max;
    if (!form.check(fits ? null : { field: 'quantity', text: t('declareFault', { n: scope.quantity_max }) })) return;
    await form.send(async () => {
      const fields = { part, site, quantity: Number(typed.quantity), made, material: typed.material.trim(), note: typed.note.trim(), mark };
      onDone(await link.post<Declaration>(HERE, fields));
      edit(() => setTyped(FIRST));
    });
  };
  return (
    <form class="form" onSubmit={(event) => void send(event)} noValidate>
      <Select label={t('declareWhat')} value={part} onChange={(id) => edit(() => setPart(id))} options={scope.parts.map(({ id }) => [id, nameOf(scope.parts, id)])} />
      <Field form={form} name="quantity" label={t('declareHowMany')} value={typed.quantity} onValue={(quantity) => type({ quantity })} inputMode="numeric" autocomplete="off" maxLength={4} />
      <Select label={t('declareWhere')} value={site} onChange={(id) => edit(() => setSite(id))} options={scope.sites.map((one) => [one.id, placeName(one)])} />
      <Field form={form} name="made" type="date" label={t('declareMade')} value={made} onValue={(day) => edit(() => setMade(day))} />
      <Field form={form} name="material" label={t('declareMaterial')} help={t('declareMaterialHelp')} value={typed.material} onValue={(material) => type({ material })} maxLength={30} autocomplete="off" />
      <Field form={form} name="note" label={t('declareNote')} help={t('declareNoteHelp')} value={typed.note} onValue={(note) => type({ note })} maxLength={120} autocomplete="off" />
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <Button kind="main" type="submit" disabled={form.busy || form.wait > 0 || !part || !site}>
        {t('declareSend')}
      </Button>
    </form>
  );
}

function Yours({ link, scope, onChange }: { link: Link; scope: Scope; onChange: () => void }) {
  const acting = useAct();
  const withdraw = (one: Declaration) =>
    acting.run(async () => {
      await link.remove(`${HERE}/${one.id}`);
      say(t('declareWithdrawn'));
      onChange();
    });
  return (
    <section class="form" aria-labelledby="yours">
      <h2 id="yours">{t('declareYours')}</h2>
      <Fault text={acting.fault} />
      {scope.items.length === 0 && <p>{t('declareYoursNone')}</p>}
      <ul class="plain-rows">
        {scope.items.map((one) => (
          <li key={one.id} data-declaration={one.id}>
            <span>
              <b>
                {number(one.quantity)} × {nameOf(scope.parts, one.part)}
              </b>
              <span class="second">
                {nameOf(scope.sites, one.site)} · {shortDay(one.made)} · <span class="lot-name">{one.lot}</span>
              </span>
              <DeclarationState declaration={one} />
            </span>
            {one.state === 'waiting' && <Sure label={t('declareWithdraw')} sure={t('declareWithdrawSure')} keep={t('keep')} disabled={acting.busy} onSure={() => void withdraw(one)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Declaring({ secret }: { secret: string }) {
  const [link] = useState(() => bearing(secret));
  const { scope, over, again } = useScope(link);
  const [made, setMade] = useState<Declaration | null>(null);
  if (over) return <Entry title={t('declareTitle')} sub={t('declareOver')}>{null}</Entry>;
  if (!scope) return <Entry title={t('declareTitle')} sub={t('joining')}>{null}</Entry>;
  return (
    <Entry title={t('declareTitle')} sub={t('declareHello', { name: scope.name })}>
      {made && (
        <p class="declared" role="status">
          {t('declareDone')} <b class="mono">{made.lot}</b>
        </p>
      )}
      <DeclareForm link={link} scope={scope} onDone={(one) => (setMade(one), void again())} />
      <Yours link={link} scope={scope} onChange={() => void again()} />
      <p class="second">{t('declareKeep', { day: shortDay(scope.expires) })}</p>
    </Entry>
  );
}

export function DeclarePage() {
  const [secret, setSecret] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const look = () => setSecret(location.hash.slice(1));
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  if (!/^[\w-]{20,60}$/.test(secret)) return <Entry title={t('declareTitle')} sub={t('declareNone')}>{null}</Entry>;
  return <Declaring key={secret} secret={secret} />;
}
