// SPDX-License-Identifier: Apache-2.0
// Blocking a lot, or releasing it: what it will hold or free is said before it is done.
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { useForm } from '../lib/form';
import { number } from '../lib/format';
import { itemName } from '../lib/goods';
import { heldBy, type Lot, type LotRow, sayLot } from '../lib/lot';
import { siteName } from '../lib/names';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Sheet } from './basic';
import { Field } from './field';

function Held({ status, title, rows, none }: { status: Status; title: string; rows: LotRow[]; none: string }) {
  return (
    <section class="held">
      <h3>{title}</h3>
      {rows.length === 0 && <p class="second">{none}</p>}
      <ul>
        {rows.map((row) => (
          <li key={`${row.site} ${row.item} ${row.lot}`}>
            <b class="num">{number(row.quantity)}</b> × {itemName(status, row.item)}, {siteName(status, row.site)} <code>{row.lot}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Word {
  status: Status;
  lot: Lot;
  name: string;
  release: boolean;
  onClose: () => void;
}

export function LotWord({ status, lot, name, release, onClose }: Word) {
  const held = heldBy(lot, name, release);
  const [kits, setKits] = useState(held.own.length === 0 && held.kits.length > 0);
  const [reason, setReason] = useState('');
  const form = useForm(['reason']);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(reason.trim() ? null : { field: 'reason', text: t('lotWordWhy') })) return;
    if (!(await form.send(() => sayLot(name, release, { reason: reason.trim(), with_assembled: kits })))) return;
    say(t(release ? 'lotReleased' : 'lotBlocked', { lot: name }));
    onClose();
  };
  return (
    <Sheet title={t(release ? 'lotReleaseTitle' : 'lotBlockTitle', { lot: name })} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <p class="second">{t(release ? 'lotReleaseHelp' : 'lotBlockHelp')}</p>
        <Held status={status} title={t(release ? 'lotFrees' : 'lotHolds')} rows={held.own} none={t(release ? 'lotFreesNone' : 'lotHoldsNone')} />
        {held.kits.length > 0 && (
          <>
            <label class="check">
              <input type="checkbox" checked={kits} onChange={() => setKits(!kits)} />
              <span>{t('lotWithKits')}</span>
            </label>
            {kits && <Held status={status} title={t('lotKitsToo')} rows={held.kits} none="" />}
          </>
        )}
        <Field form={form} name="reason" label={t('lotReason')} help={t(release ? 'lotReleaseReason' : 'lotBlockReason')} value={reason} onValue={setReason} maxLength={75} autocomplete="off" />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy}>
          {t(release ? 'lotRelease' : 'lotBlock')}
        </Button>
      </form>
    </Sheet>
  );
}
