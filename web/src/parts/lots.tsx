// SPDX-License-Identifier: Apache-2.0
// The lots in stock, newest first, and a box that finds one, also when nothing of it is left.
import { useState } from 'preact/hooks';
import { itemName } from '../lib/goods';
import { changes } from '../lib/live';
import { lotPath, readLots, type StockLot } from '../lib/lot';
import { siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { go } from '../lib/router';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Link } from './basic';
import { ItemCount } from './item-count';

const SHOWN = 30;

function LotRows({ status, lots }: { status: Status; lots: StockLot[] }) {
  return (
    <ul class="lot-rows">
      {lots.map((one) => (
        <li key={`${one.site} ${one.part} ${one.lot}`}>
          <p>
            <Link to={lotPath(one.lot)}>
              <code>{one.lot}</code>
            </Link>
          </p>
          <p class="second lot-details">
            <span>
              <ItemCount status={status} item={one.part} count={one.quantity} />
            </span>
            <span>{siteName(status, one.site)}</span>
            {one.blocked && <b class="state wait">{t('lotHeldMark')}</b>}
          </p>
        </li>
      ))}
    </ul>
  );
}

export function Lots({ status }: { status: Status }) {
  const lots = useRead(readLots, [] as StockLot[], String(useStore(changes)));
  const [wanted, setWanted] = useState('');
  const [all, setAll] = useState(false);
  const text = wanted.trim().toLowerCase();
  const found = lots.filter((one) => `${one.lot} ${itemName(status, one.part)} ${siteName(status, one.site)}`.toLowerCase().includes(text));
  const open = (event: Event) => {
    event.preventDefault();
    if (text) go(lotPath(found.length === 1 ? (found[0]?.lot ?? '') : wanted.trim()));
  };
  return (
    <section class="card" aria-labelledby="lots">
      <header class="card-head">
        <h2 id="lots">{t('lotsInStock')}</h2>
        <form class="lot-find" onSubmit={open}>
          <label class="field small">
            <span>{t('lotFind')}</span>
            <input value={wanted} maxLength={63} autocomplete="off" spellcheck={false} onInput={(event) => setWanted(event.currentTarget.value)} />
          </label>
          <Button type="submit" disabled={!text}>
            {t('lotOpen')}
          </Button>
        </form>
      </header>
      {found.length === 0 ? <p class="empty">{t(text ? 'lotNotInStock' : 'lotNoneInStock')}</p> : <LotRows status={status} lots={all ? found : found.slice(0, SHOWN)} />}
      {found.length > SHOWN && !all && (
        <p class="padded">
          <Button onClick={() => setAll(true)}>{t('lotAll', { n: found.length })}</Button>
        </p>
      )}
    </section>
  );
}
