// SPDX-License-Identifier: Apache-2.0
// What waits for a hand between made and shipped: one row a step, the big number first; a tap opens the batch.
import { useState } from 'preact/hooks';
import { number } from '../lib/format';
import { itemName } from '../lib/goods';
import { changes, live } from '../lib/live';
import { may } from '../lib/may';
import { siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { type HandStep, readSteps, stepKey, stepName } from '../lib/steps';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Button, Select } from '../parts/basic';
import { BatchSheet } from '../parts/batch-sheet';
import { LastBatches } from '../parts/batches';
import { Icon } from '../parts/icons';
import { PageTitle } from '../parts/shell';
import { chosenSite, Waitless } from './today';

function StepRow({ status, step, onOpen }: { status: Status; step: HandStep; onOpen: () => void }) {
  const item = itemName(status, step.part ?? step.product ?? '');
  const oldest = step.lots.find((lot) => !lot.blocked);
  const held = step.lots.filter((lot) => lot.blocked).reduce((sum, lot) => sum + lot.waiting, 0);
  return (
    <li>
      <b class="step-count">{number(step.waiting)}</b>
      <span class="who">
        <b>{stepName(step)}</b> {item}
        <span class="second">
          <Badge status={status} site={step.site} /> {siteName(status, step.site)}
          {oldest?.lot && ` · ${t('stepOldest', { lot: oldest.lot })}`}
        </span>
        {held > 0 && (
          <span class="state wait">
            <Icon name="lock" /> {t('stepHeld', { n: held })}
          </span>
        )}
        {step.gate && (
          <span class="state wait">
            <Icon name="lock" /> {t('stepGate')}
          </span>
        )}
      </span>
      {step.waiting > 0 && may('operator', step.site) && (
        <Button kind="main" onClick={onOpen} aria-label={`${t('stepDo')} : ${stepName(step)}, ${item}, ${siteName(status, step.site)}`}>
          {t('stepDo')}
        </Button>
      )}
    </li>
  );
}

export function StepsPage() {
  const { status } = useStore(live);
  const steps = useRead(readSteps, null as HandStep[] | null, String(useStore(changes)));
  const site = useStore(chosenSite);
  const [open, setOpen] = useState<HandStep | null>(null);
  if (!status || !steps) return <Waitless />;
  const here = steps.filter((step) => !site || step.site === site);
  const waiting = here.reduce((sum, step) => sum + step.waiting, 0);
  return (
    <div class="queue-page">
      <section class="card" aria-labelledby="steps">
        <header class="card-head">
          <PageTitle sub={waiting > 0 ? t('stepsWait', { n: waiting }) : t('stepsNone')}>
            <span id="steps">{t('handWork')}</span>
          </PageTitle>
          {status.sites.length > 1 && <Select label={t('site')} value={site} onChange={(value) => chosenSite.set(value)} options={[['', t('allSites')], ...status.sites.map(({ id }): [string, string] => [id, siteName(status, id)])]} />}
        </header>
        <ul class="step-rows">
          {here.map((step) => (
            <StepRow key={stepKey(step)} status={status} step={step} onOpen={() => setOpen(step)} />
          ))}
        </ul>
      </section>
      <LastBatches status={status} site={site} />
      {open && <BatchSheet status={status} step={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
