// SPDX-License-Identifier: Apache-2.0
import { useRef, useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { post } from '../lib/api';
import { number } from '../lib/format';
import { changes } from '../lib/live';
import { may } from '../lib/may';
import { partName, siteName } from '../lib/names';
import type { Job, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Select, Sheet } from './basic';

const PRIORITIES: [string, string][] = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => [String(n), String(n)]);

// Those whose queue the person keeps.
const sitesOf = (status: Status) => status.sites.map(({ id }) => id).filter((id) => may('coordinator', id));

function Sites({ status, chosen, onChange }: { status: Status; chosen: string[]; onChange: (sites: string[]) => void }) {
  return (
    <details class="sites">
      <summary>
        {t('onlySites')} {chosen.length > 0 && <b>({chosen.length})</b>}
      </summary>
      <p class="second">{t('onlySitesHelp')}</p>
      {sitesOf(status).map((id) => (
        <label key={id} class="check">
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])} />
          <span>{siteName(status, id)}</span>
        </label>
      ))}
    </details>
  );
}

export function JobForm({ status, parts, part: first, onClose }: { status: Status; parts: string[]; part?: string; onClose: () => void }) {
  const [part, setPart] = useState(first ?? parts[0] ?? '');
  const [quantity, setQuantity] = useState('');
  const [priority, setPriority] = useState('5');
  const [due, setDue] = useState('');
  const [note, setNote] = useState('');
  const [sites, setSites] = useState<string[]>(() => (may('coordinator') ? [] : sitesOf(status)));
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const acting = useAct();

  const bad = () => !/^\d{1,7}$/.test(quantity.trim()) || Number(quantity) < 1;
  const add = async (event: Event) => {
    event.preventDefault();
    setWrong(bad());
    if (bad()) {
      field.current?.focus();
      return;
    }
    const done = await acting.run(async () => {
      const job = await post<Job>('/api/v1/jobs', { part, quantity: Number(quantity), priority: Number(priority), ...(due ? { due } : {}), note, sites });
      say(t('jobAdded', { id: String(job.id), n: number(job.quantity), part: partName(status, part) }));
      changes.set(changes.get() + 1);
    });
    if (done) onClose();
  };
  return (
    <Sheet title={t('newJob')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void add(event)} noValidate>
        <Select label={t('whichPart')} value={part} onChange={setPart} options={parts.map((id) => [id, partName(status, id)])} />
        <label class="field">
          <span>{t('quantity')}</span>
          <span class="second" id="quantity-help">
            {t('quantityHelp')}
          </span>
          <input ref={field} type="text" inputMode="numeric" value={quantity} aria-invalid={wrong} aria-describedby="quantity-help quantity-fault" onInput={(event) => setQuantity(event.currentTarget.value)} onBlur={() => quantity !== '' && setWrong(bad())} />
          <span id="quantity-fault">{wrong && <Fault text={t('quantityFault')} />}</span>
        </label>
        <Select label={`${t('priority')} (${t('priorityHelp')})`} value={priority} onChange={setPriority} options={PRIORITIES} />
        <label class="field">
          <span>{t('due')}</span>
          <span class="second">{t('dueHelp')}</span>
          <input type="date" value={due} onInput={(event) => setDue(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>{t('note')}</span>
          <span class="second">{t('dueHelp')}</span>
          <input type="text" maxLength={120} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <Sites status={status} chosen={sites} onChange={setSites} />
        <Fault text={acting.fault} />
        <Button kind="main" type="submit" disabled={acting.busy}>
          {t('add')}
        </Button>
      </form>
    </Sheet>
  );
}
