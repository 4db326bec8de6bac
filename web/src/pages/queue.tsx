// SPDX-License-Identifier: Apache-2.0
import { useRef, useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, patch, post, Refusal } from '../lib/api';
import { number, shortDay } from '../lib/format';
import { changes, config, live } from '../lib/live';
import { mayAnywhere, mayAt } from '../lib/may';
import { partName, siteName } from '../lib/names';
import { alive, type Change, inOrder, moveTo } from '../lib/order';
import { go, place } from '../lib/router';
import { useStore } from '../lib/store';
import type { Job, List, Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Bar, Button, Fault, Sure } from '../parts/basic';
import { Icon } from '../parts/icons';
import { JobForm } from '../parts/job-form';
import { PageTitle } from '../parts/shell';
import { WhyPanel } from '../parts/why';
import { useRead, Waitless } from './today';

// One place or more, by as few changed priorities as will do.
async function move(status: Status, jobs: Job[], from: number, to: number): Promise<void> {
  const job = jobs[from];
  const moved = moveTo(jobs, from, to);
  if (!job || moved?.length === 0) return;
  if (!moved) throw new Refusal(409, t('noPlace'));
  const before = moved.map(({ id }) => ({ id, priority: jobs.find((one) => one.id === id)?.priority ?? 0 }));
  const give = async (list: Change[]) => {
    for (const { id, priority } of list) await patch(`/api/v1/jobs/${id}`, { priority });
    changes.set(changes.get() + 1);
  };
  await give(moved);
  const undo = async () => {
    await give(before);
    say(t('done'));
  };
  const place = { job: partName(status, job.part), n: to + 1 };
  say(moved.length > 1 ? t('movedMore', { ...place, m: moved.length }) : t('moved', place), { ms: 10000, act: { label: t('cancelAct'), run: undo } });
}

async function turn(job: Job, word: 'hold' | 'release' | 'cancel'): Promise<void> {
  await post(`/api/v1/jobs/${job.id}/${word}`);
  changes.set(changes.get() + 1);
  const back = word === 'hold' ? 'release' : 'hold';
  const undo = async () => {
    await post(`/api/v1/jobs/${job.id}/${back}`);
    changes.set(changes.get() + 1);
    say(t('done'));
  };
  const words: Record<typeof word, Key> = { hold: 'state_held', release: 'state_open', cancel: 'state_cancelled' };
  say(t('jobN', { id: String(job.id), what: t(words[word]).toLowerCase() }), word === 'cancel' ? {} : { ms: 10000, act: { label: t('cancelAct'), run: undo } });
}

function State({ status, job }: { status: Status; job: Job }) {
  const machines = status.machines.filter((machine) => machine.run?.job === job.id).length;
  if (job.state === 'held') return <span class="state"><Icon name="pause" /> {t('state_held')}</span>;
  if (machines > 0) return <span class="state run"><Icon name="run" /> {t('onMachines', { n: machines })}</span>;
  return <span class="state"><Icon name="ready" /> {t('waitsTurn')}</span>;
}

interface RowProps {
  status: Status;
  job: Job;
  place: number; // from 0
  last: number;
  chosen: boolean;
  drag: Drag | null;
  onGrip: (event: PointerEvent) => void;
  onMove: (to: number) => Promise<void>;
  onWhy: () => void;
}

function JobRow({ status, job, place, last, chosen, drag, onGrip, onMove, onWhy }: RowProps) {
  const acting = useAct();
  const name = partName(status, job.part);
  const keeps = mayAt('coordinator', job.sites);
  const to = (where: number) => void acting.run(() => onMove(Math.max(0, Math.min(last, where))));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by || acting.busy || !keeps) return;
    event.preventDefault();
    to(place + by);
  };
  const sub = [t('numberN', { id: String(job.id) }), t('priorityN', { n: job.priority }), job.due && t('dueOn', { day: shortDay(job.due) }), job.sites.map((site) => siteName(status, site)).join(', '), job.note];
  return (
    <li class={rowClass(chosen, place, drag)} onKeyDown={onKeyDown} data-job={job.id}>
      <span class="rank">
        {keeps && (
          <span class="grip" aria-hidden="true" title={t('dragHere')} onPointerDown={onGrip}>
            <Icon name="grip" />
          </span>
        )}
        {place + 1}
      </span>
      <div class="job-who">
        <h3>{name}</h3>
        <p class="second">{sub.filter(Boolean).join(' · ')}</p>
      </div>
      <div class="job-made">
        <p>
          <span>
            <b>{number(job.good)}</b> {t('goodLower')}
          </span>
          <span>{number(job.quantity)}</span>
        </p>
        <Bar share={job.good / job.quantity} of={job.in_flight / job.quantity} />
        <p class="second">{job.in_flight ? t('inProgress', { n: number(job.in_flight) }) : t('nothingInProgress')}</p>
      </div>
      <p class="job-owed">
        <b>{number(job.owed)}</b>
        <span class="second">{t('stillOwed')}</span>
      </p>
      <p class="job-state">
        <State status={status} job={job} />
      </p>
      <div class="job-acts">
        <Button onClick={onWhy} aria-label={`${t('whyNotFaster')} ${name} ${job.id}`}>
          {t('whyNotFaster')}
        </Button>
        {keeps && (
          <>
            <div class="moves" role="group" aria-label={t('move', { job: `${name} ${job.id}` })}>
              <Button icon="up" disabled={acting.busy || place === 0} onClick={() => to(place - 1)}>
                {t('up')}
              </Button>
              <Button icon="down" disabled={acting.busy || place === last} onClick={() => to(place + 1)}>
                {t('down')}
              </Button>
              <Button disabled={acting.busy || place === 0} onClick={() => to(0)}>
                {t('toTop')}
              </Button>
            </div>
            {job.state === 'held' ? (
              <Button icon="run" disabled={acting.busy} onClick={() => void acting.run(() => turn(job, 'release'))}>
                {t('release')}
              </Button>
            ) : (
              <Button icon="pause" disabled={acting.busy} onClick={() => void acting.run(() => turn(job, 'hold'))}>
                {t('hold')}
              </Button>
            )}
            <Sure label={t('cancelJob')} sure={t('cancelJobSure')} keep={t('keepJob')} disabled={acting.busy} onSure={() => void acting.run(() => turn(job, 'cancel'))} />
          </>
        )}
      </div>
      <Fault text={acting.fault} />
    </li>
  );
}

interface Drag {
  from: number;
  to: number;
}

function rowClass(chosen: boolean, place: number, drag: Drag | null): string {
  if (drag?.from === place) return 'dragged';
  if (drag && drag.to === place) return drag.to < drag.from ? 'before' : 'after';
  return chosen ? 'chosen' : '';
}

// A row held by its grip: where it would land shows while the pointer moves; Escape lets go.
function useDrag(onDrop: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const grip = (from: number, event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const held = { from, to: from };
    setDrag(held);
    const onMove = (moved: PointerEvent) => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      const over = rows.findIndex((row) => moved.clientY < row.bottom);
      held.to = over < 0 ? rows.length - 1 : over;
      setDrag({ ...held });
    };
    const end = (dropped: boolean) => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey);
      setDrag(null);
      if (dropped && held.to !== from) onDrop(from, held.to);
    };
    const onUp = () => end(true);
    const onCancel = () => end(false);
    const onKey = (key: KeyboardEvent) => key.key === 'Escape' && end(false);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey);
  };
  return { drag, list, grip };
}

function Finished({ status, jobs }: { status: Status; jobs: Job[] }) {
  const over = jobs.filter((job) => !alive(job)).reverse();
  if (over.length === 0) return null;
  return (
    <details class="card padded">
      <summary>
        {t('finishedJobs')} ({over.length})
      </summary>
      <ul class="job-lines">
        {over.slice(0, 50).map((job) => (
          <li key={job.id}>
            <span>
              <b>{partName(status, job.part)}</b>
              <span>
                {number(job.good)} / {number(job.quantity)} · {t(job.state === 'done' ? 'state_done' : 'state_cancelled')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function sentence(jobs: Job[]): string {
  const open = jobs.filter((job) => job.owed > 0);
  return open.length ? t('queueSentence', { n: open.length, owed: open.reduce((sum, job) => sum + job.owed, 0) }) : t('queueNothing');
}

export function QueuePage() {
  const { status } = useStore(live);
  const { search } = useStore(place);
  const known = useStore(config)?.parts ?? [];
  const jobs = useRead(() => get<List<Job>>('/api/v1/jobs').then((list) => list.items), null as Job[] | null, String(useStore(changes)));
  const [why, setWhy] = useState<number | null>(null);
  const [adding, setAdding] = useState(search.has('part'));
  const acting = useAct();
  const shown = inOrder(jobs ?? []);
  const moving = (from: number, to: number) => (status ? move(status, shown, from, to) : Promise.resolve());
  const { drag, list, grip } = useDrag((from, to) => void acting.run(() => moving(from, to)));
  if (!status || !jobs) return <Waitless />;
  const asked = jobs.find((job) => job.id === why);
  const parts = status.parts?.map((part) => part.id) ?? known;
  const close = () => {
    setAdding(false);
    if (search.has('part')) go('/queue');
  };
  return (
    <div class="queue-page">
      <section class="card" aria-labelledby="queue">
        <header class="card-head">
          <PageTitle sub={`${sentence(shown)}. ${t('queueHow')}`}>
            <span id="queue">{t('queueTitle')}</span>
          </PageTitle>
          {mayAnywhere('coordinator') && (
            <Button kind="main" onClick={() => setAdding(true)}>
              {t('newJob')}
            </Button>
          )}
        </header>
        {shown.length === 0 && (
          <p class="empty">
            {t('noJobs')}{' '}
            {mayAnywhere('coordinator') && (
              <Button kind="quiet" onClick={() => setAdding(true)}>
                {t('createJob')}
              </Button>
            )}
          </p>
        )}
        <Fault text={acting.fault} />
        <ol class={drag ? 'jobs dragging' : 'jobs'} ref={list}>
          {shown.map((job, i) => (
            <JobRow key={job.id} status={status} job={job} place={i} last={shown.length - 1} chosen={why === job.id} drag={drag} onGrip={(event) => grip(i, event)} onMove={(to) => moving(i, to)} onWhy={() => setWhy(job.id)} />
          ))}
        </ol>
      </section>
      <Finished status={status} jobs={jobs} />
      {asked && <WhyPanel status={status} job={asked} onClose={() => setWhy(null)} />}
      {adding && <JobForm status={status} parts={parts} part={search.get('part') ?? undefined} onClose={close} />}
    </div>
  );
}
