// SPDX-License-Identifier: Apache-2.0
// The last batches of work by hand: what was counted by mistake is taken back, also when the message that offered it has gone.
import { say, useAct } from '../lib/acts';
import { number, when } from '../lib/format';
import { itemName } from '../lib/goods';
import { changes } from '../lib/live';
import { may } from '../lib/may';
import { siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { batchStep, type DoneBatch, handReason, readBatches, undoBatch } from '../lib/steps';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Fault, Sure } from './basic';

const itemOf = (status: Status, batch: DoneBatch) => itemName(status, batch.part ?? batch.product ?? '');

function Row({ status, batch }: { status: Status; batch: DoneBatch }) {
  const acting = useAct();
  const item = itemOf(status, batch);
  const open = batch.left + batch.left_scrap > 0;
  const backs = batch.quantity < 0 || batch.scrap < 0;
  const undo = () =>
    acting.run(async () => {
      await undoBatch(batch);
      say(t('stepBack', { step: batchStep(batch), n: number(batch.left), item }));
    });
  return (
    <li>
      <span class="who">
        <span>
          <b class="num">{number(batch.quantity)}</b> × {item}, {batchStep(batch)}
        </span>
        {batch.scrap > 0 && <span class="second">{t('batchScrap', { n: batch.scrap, why: handReason(batch.reason) })}</span>}
        <span class="second">
          <Badge status={status} site={batch.site} /> {siteName(status, batch.site)} · {when(batch.at)} · {batch.by}
          {batch.lot && ` · ${batch.lot}`}
        </span>
        {!open && <span class="second">{t(backs ? 'batchBacks' : 'batchBack')}</span>}
        {open && (batch.left < batch.quantity || batch.left_scrap < batch.scrap) && <span class="second">{t('batchLeft', { n: batch.left, scrap: batch.left_scrap })}</span>}
        <Fault text={acting.fault} />
      </span>
      {open && may('operator', batch.site) && <Sure label={t('cancelAct')} sure={t('batchSure', { n: batch.left, step: batchStep(batch) })} keep={t('keep')} disabled={acting.busy} onSure={() => void undo()} />}
    </li>
  );
}

export function LastBatches({ status, site }: { status: Status; site: string }) {
  const batches = useRead(readBatches, [] as DoneBatch[], String(useStore(changes)));
  const here = batches.filter((batch) => !site || batch.site === site);
  if (here.length === 0) return null;
  return (
    <section class="card" aria-labelledby="batches">
      <header class="card-head">
        <h2 id="batches">{t('batchesLast')}</h2>
      </header>
      <ul class="plain-rows inset batches">
        {here.map((batch) => (
          <Row key={`${batch.at} ${batch.site} ${batch.lot} ${batch.step} ${batch.by}`} status={status} batch={batch} />
        ))}
      </ul>
    </section>
  );
}
