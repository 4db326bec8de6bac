// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { patch, post } from '../lib/api';
import { isCount, PRIORITIES, useForm } from '../lib/form';
import { isoDay, number, shortDay } from '../lib/format';
import { changes } from '../lib/live';
import { may } from '../lib/may';
import { partName, siteName } from '../lib/names';
import type { Job, Status } from '../lib/types';
import { touched } from '../lib/touched';
import { type Key, t } from '../lib/words';
import { Button, Fault, Select, Sheet } from './basic';
import { Field } from './field';
import { Stale } from './stale';

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

const NEW = { quantity: '', priority: '5', due: '', note: '' };

const asTyped = (job: Job) => ({ quantity: String(job.quantity), priority: String(job.priority), due: job.due ? isoDay(Date.parse(job.due)) : '', note: job.note });

type Typed = typeof NEW;

const fieldsOf = (typed: Typed, sites: string[]) => ({ quantity: Number(typed.quantity), priority: Number(typed.priority), due: typed.due, note: typed.note, sites });

function changed(job: Job, typed: Typed, sites: string[]): object {
  const change = touched(fieldsOf(asTyped(job), job.sites), fieldsOf(typed, sites));
  return change.due === '' ? { ...change, due: 'none' } : change;
}

const linesOf = (status: Status, job: Job) =>
  [
    `${t('quantity')} : ${number(job.quantity)}`,
    t('priorityN', { n: job.priority }),
    job.due && t('dueOn', { day: shortDay(job.due) }),
    job.note,
    job.sites.map((site) => siteName(status, site)).join(', '),
    t(`state_${job.state}` as Key),
  ].filter((line): line is string => !!line);

// A new job, or one that is changed: its part stays.
export function JobForm({ status, parts, part: first, job: shown, onClose }: { status: Status; parts: string[]; part?: string; job?: Job; onClose: () => void }) {
  const [job, setJob] = useState(shown); // as it was when the form opened, whatever comes meanwhile
  const [part, setPart] = useState(first ?? parts[0] ?? '');
  const [typed, setTyped] = useState(job ? asTyped(job) : NEW);
  const [sites, setSites] = useState<string[]>(() => job?.sites ?? (may('coordinator') ? [] : sitesOf(status)));
  const form = useForm(['quantity', 'due']);
  const now = form.stale as Job | null;
  const type = (change: Partial<Typed>) => setTyped({ ...typed, ...change });
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (!form.check(isCount(typed.quantity) ? null : { field: 'quantity', text: t('quantityFault') })) return;
    const done = await form.send(async () => {
      const { due, ...fields } = fieldsOf(typed, sites);
      const change = job ? changed(job, typed, sites) : {};
      if (job && Object.keys(change).length === 0) return;
      const kept = job ? await patch<Job>(`/api/v1/jobs/${job.id}`, change, (now ?? job).version) : await post<Job>('/api/v1/jobs', { ...fields, part, ...(due ? { due } : {}) });
      say(t(job ? 'jobChanged' : 'jobAdded', { id: String(kept.id), n: number(kept.quantity), part: partName(status, kept.part) }));
      changes.set(changes.get() + 1);
    });
    if (done) onClose();
  };
  const take = (current: Job) => {
    setJob(current);
    setTyped(asTyped(current));
    setSites(current.sites);
    form.check(null);
  };
  return (
    <Sheet title={job ? t('jobN', { id: String(job.id), what: partName(status, job.part) }) : t('newJob')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        {!job && <Select label={t('whichPart')} value={part} onChange={setPart} options={parts.map((id) => [id, partName(status, id)])} />}
        <Field form={form} name="quantity" label={t('quantity')} help={t('quantityHelp')} value={typed.quantity} onValue={(quantity) => type({ quantity })} inputMode="numeric" autocomplete="off" maxLength={7} />
        <Select label={`${t('priority')} (${t('priorityHelp')})`} value={typed.priority} onChange={(priority) => type({ priority })} options={PRIORITIES} />
        <Field form={form} name="due" label={t('due')} help={t('dueHelp')} type="date" value={typed.due} onValue={(due) => type({ due })} />
        <Field form={form} name="note" label={t('note')} help={t('dueHelp')} value={typed.note} onValue={(note) => type({ note })} maxLength={120} />
        <Sites status={status} chosen={sites} onChange={setSites} />
        {now && <Stale now={linesOf(status, now)} busy={form.busy} onKeep={() => void save()} onTake={() => take(now)} />}
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy || now !== null}>
          {t(job ? 'save' : 'add')}
        </Button>
      </form>
    </Sheet>
  );
}
