// SPDX-License-Identifier: Apache-2.0
// A batch of work by hand: the oldest lot's pieces stand there already, so that one tap records them.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { number } from '../lib/format';
import { isCount } from '../lib/form';
import { itemName } from '../lib/goods';
import { siteName } from '../lib/names';
import { type Batch, doBatch, type HandStep, stepName, takeBack, type WaitingLot, WHY_BAD } from '../lib/steps';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Select, Sheet } from './basic';
import { Reasons, Stepper } from './verdict';

const ALL = '*';
const UNDO_MS = 15000;

function lotChoices(step: HandStep, open: WaitingLot[]): [string, string][] {
  const lots = open.map(({ lot, waiting }, i): [string, string] => [String(i), t('stepLot', { lot: lot || t('stepNoLot'), n: waiting })]);
  return lots.length > 1 ? [...lots, [ALL, t('stepAllLots', { n: step.waiting })]] : lots;
}

export function BatchSheet({ status, step, onClose }: { status: Status; step: HandStep; onClose: () => void }) {
  const [choice, setChoice] = useState('0');
  const [typed, setTyped] = useState<string | null>(null); // null: all but the scrap
  const [scrap, setScrap] = useState(0);
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState('');
  const acting = useAct();
  const open = step.lots.filter((lot) => !lot.blocked);
  const lots = open.filter((_, i) => choice === ALL || choice === String(i));
  const waiting = lots.reduce((sum, lot) => sum + lot.waiting, 0);
  const shown = typed ?? String(waiting - scrap);
  const item = itemName(status, step.part ?? step.product ?? '');
  const faultOf = (): string => {
    if (!isCount(shown, scrap > 0 ? 0 : 1) || Number(shown) + scrap > waiting) return t('stepTooMany', { n: waiting });
    return scrap > 0 && reason.trim() === '' ? t('whyChoose') : '';
  };
  const done = async () => {
    const fault = faultOf();
    const batch: Batch = { quantity: Number(shown), scrap, reason: reason.trim(), note: note.trim() };
    setMissing(fault);
    if (fault) return;
    const undo = async () => {
      await takeBack(step, lots, batch);
      say(t('stepBack', { step: stepName(step), n: number(batch.quantity), item }));
    };
    const given = await acting.run(async () => {
      await doBatch(step, lots, batch);
      say(t('stepDone', { step: stepName(step), n: number(batch.quantity), item, site: siteName(status, step.site) }), { ms: UNDO_MS, act: { label: t('cancelAct'), run: undo } });
    });
    if (given) onClose();
  };
  return (
    <Sheet title={t('stepTitle', { step: stepName(step), item })} onClose={onClose}>
      <div class="form batch">
        {(step.method || step.minutes > 0) && (
          <p class="second">
            {step.method}
            {step.method && step.minutes > 0 && ' · '}
            {step.minutes > 0 && t('stepMinutes', { n: step.minutes })}
          </p>
        )}
        <Select label={t('lot')} value={choice} onChange={(next) => (setChoice(next), setTyped(null), setScrap(0))} options={lotChoices(step, open)} />
        <label class="field">
          <span>{t('stepGood')}</span>
          <input class="big-number" inputMode="numeric" autocomplete="off" maxLength={7} value={shown} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <Stepper label={t('scrap')} help={t('stepScrapHelp')} value={scrap} min={0} max={waiting} onStep={(by) => setScrap(Math.max(0, Math.min(waiting, scrap + by)))} />
        {scrap > 0 && <Reasons reason={reason} reasons={WHY_BAD} onChoose={(next) => (setReason(next), setMissing(''))} />}
        <label class="field">
          <span>{t('stepNote')}</span>
          <input type="text" maxLength={150} value={note} placeholder={step.method} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <Fault text={missing || acting.fault} />
        <Button kind="main" icon="check" disabled={acting.busy || waiting === 0} onClick={() => void done()}>
          {t('stepRecord', { n: isCount(shown, 0) ? number(Number(shown)) : '…' })}
        </Button>
      </div>
    </Sheet>
  );
}
