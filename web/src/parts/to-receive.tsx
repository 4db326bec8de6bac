// SPDX-License-Identifier: Apache-2.0
// What makers declared for a site and nobody has counted yet: good pieces, scrap with its reason, or nothing at all.
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { get } from '../lib/api';
import { type Declaration, receive, refuse } from '../lib/declared';
import { isCount, useForm, type Wrong } from '../lib/form';
import { number, shortDay } from '../lib/format';
import { itemName } from '../lib/goods';
import { changes } from '../lib/live';
import { may } from '../lib/may';
import { siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Button, Fault, Sheet, Sure } from './basic';
import { Field } from './field';

interface List {
  items: Declaration[];
  next: number | null;
}

const NONE: List = { items: [], next: null };

function ReceiveForm({ status, one, onClose }: { status: Status; one: Declaration; onClose: () => void }) {
  const [good, setGood] = useState(String(one.quantity));
  const [scrap, setScrap] = useState('0');
  const [reason, setReason] = useState('');
  const form = useForm(['good', 'scrap', 'reason']);
  const what = itemName(status, one.part);
  const wrong = (): Wrong | null => {
    const field = [['good', good], ['scrap', scrap]].find(([, text]) => !isCount(text ?? '', 0))?.[0];
    if (field) return { field, text: t('quantityFault') };
    return Number(scrap) > 0 && !reason.trim() ? { field: 'reason', text: t('receiveWhyScrap') } : null;
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(wrong())) return;
    if (await form.send(() => receive(one, { good: Number(good), scrap: Number(scrap), reason: reason.trim() }))) {
      say(t('receivedDone', { n: Number(good), what, lot: one.lot }));
      onClose();
    }
  };
  const refuseAll = async () => {
    if (!form.check(reason.trim() ? null : { field: 'reason', text: t('receiveWhyNone') })) return;
    if (await form.send(() => refuse(one, reason.trim()))) {
      say(t('refusedDone', { name: one.name ?? '' }));
      onClose();
    }
  };
  return (
    <Sheet title={t('receiveTitle', { n: one.quantity, what, name: one.name ?? '' })} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <p class="second">
          {siteName(status, one.site)} · {one.lot} · {t('declaredMade', { day: shortDay(one.made) })}
          {one.material && ` · ${one.material}`}
        </p>
        {one.note && <p class="declared">{one.note}</p>}
        <Field form={form} name="good" label={t('receiveGood')} value={good} onValue={setGood} inputMode="numeric" autocomplete="off" maxLength={7} />
        <Field form={form} name="scrap" label={t('receiveScrap')} value={scrap} onValue={setScrap} inputMode="numeric" autocomplete="off" maxLength={7} />
        <Field form={form} name="reason" label={t('receiveReason')} help={t('receiveReasonHelp')} value={reason} onValue={setReason} maxLength={75} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy}>
          {t('receiveSave')}
        </Button>
        <Sure label={t('receiveRefuse')} sure={t('receiveRefuseSure')} keep={t('keep')} disabled={form.busy} onSure={() => void refuseAll()} />
      </form>
    </Sheet>
  );
}

export function ToReceive({ status }: { status: Status }) {
  const list = useRead(() => get<List>('/api/v1/declarations'), NONE, String(useStore(changes)));
  const [open, setOpen] = useState<Declaration | null>(null);
  const mine = list.items.filter(({ site }) => may('operator', site));
  if (mine.length === 0 && !open) return null;
  return (
    <section class="card" aria-labelledby="to-receive">
      <header class="card-head">
        <div>
          <h2 id="to-receive">
            {t('toReceive')} <b class="count">{mine.length}</b>
          </h2>
          <p class="second">{t('toReceiveSub')}</p>
        </div>
      </header>
      <ul class="plain-rows inset">
        {mine.map((one) => (
          <li key={one.id} data-declaration={one.id}>
            <span>
              <b>
                <Badge status={status} site={one.site} /> {number(one.quantity)} × {itemName(status, one.part)}
              </b>
              <span class="second">{t('declaredBy', { name: one.name ?? '', site: siteName(status, one.site), lot: one.lot })}</span>
              {one.note && <span class="second">{one.note}</span>}
            </span>
            <Button kind="main" aria-label={t('receiveOf', { n: one.quantity, what: itemName(status, one.part), name: one.name ?? '' })} onClick={() => setOpen(one)}>
              {t('receiveCount')}
            </Button>
          </li>
        ))}
      </ul>
      {list.next !== null && <p class="second inset">{t('toReceiveMore')}</p>}
      {open && <ReceiveForm status={status} one={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
