// SPDX-License-Identifier: Apache-2.0
// Lots of which nothing may be used: who said so, when and why.
import { number, when } from '../lib/format';
import { lotPath } from '../lib/lot';
import type { Block } from '../lib/types';
import { t } from '../lib/words';
import { Link } from './basic';
import { Icon } from './icons';

export function BlockedLots({ blocks }: { blocks: Block[] }) {
  if (blocks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="blocked-lots">
      <header class="card-head">
        <div>
          <h2 id="blocked-lots">
            {t('lotsBlocked')} <b class="count">{blocks.length}</b>
          </h2>
          <p class="second">{t('lotsBlockedSub')}</p>
        </div>
      </header>
      <ul class="lot-rows">
        {blocks.map((block) => (
          <li key={block.lot} data-blocked={block.lot}>
            <p>
              <Link to={lotPath(block.lot)}>
                <code>{block.lot}</code>
              </Link>{' '}
              <b>{block.reason}</b>
            </p>
            <p class="second lot-details">
              <span>{t('lotHeld', { n: number(block.quantity) })}</span>
              <span>{when(block.at)}</span>
              <span>{block.by}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

// On a lot's own page: it above all is what one must know.
export function BlockedStrip({ block }: { block: Block }) {
  return (
    <p class="blocked-strip" role="note">
      <Icon name="lock" />
      <span>
        <b>{t('lotIsBlocked')}</b> {t('lotBlockedBy', { who: block.by, when: when(block.at), why: block.reason })}
      </span>
    </p>
  );
}
