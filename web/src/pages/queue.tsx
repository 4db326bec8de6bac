// SPDX-License-Identifier: Apache-2.0
import { useRef, useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, patch, Refusal } from '../lib/api';
import { number } from '../lib/format';
import { changes, config, live } from '../lib/live';
import { mayAnywhere } from '../lib/may';
import { partName } from '../lib/names';
import { alive, type Change, inOrder, moveTo } from '../lib/order';
import { useRead } from '../lib/read';
import { go, place } from '../lib/router';
import { useStore } from '../lib/store';
import type { Job, List, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault } from '../parts/basic';
import { JobForm } from '../parts/job-form';
import { type Drag, JobRow } from '../parts/job-row';
import { Orders } from '../parts/orders';
import { SharesSheet } from '../parts/shares';
import { PageTitle } from '../parts/shell';
import { WhyPanel } from '../parts/why';
import { Waitless } from './today';

// One place or more, by as few changed priorities as will do.
async function move(status: Status, jobs: Job[], from: number, to: number): Promise<void> {
  const job = jobs[from];
  const moved = moveTo(jobs, from, to);
  if (!job || moved?.length === 0) return;
  if (!moved) throw new Refusal(409, t('noPlace'));
  const before = moved.map(({ id }) => ({ id, priority: jobs.find((one) => one.id === id)?.priority ?? 0 }));
  const give = async (list: Change[], seen?: Job[]) => {
    for (const { id, priority } of list) await patch(`/api/v1/jobs/${id}`, { priority }, seen?.find((one) => one.id === id)?.version);
    changes.set(changes.get() + 1);
  };
  await give(moved, jobs);
  const undo = async () => {
    await give(before);
    say(t('done'));
  };
  const place = { job: partName(status, job.part), n: to + 1 };
  say(moved.length > 1 ? t('movedMore', { ...place, m: moved.length }) : t('moved', place), { ms: 10000, act: { label: t('cancelAct'), run: undo } });
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
  const [sharing, setSharing] = useState<number | null>(null);
  const [editing, setEditing] = useState<number | null>(null);
  const [adding, setAdding] = useState(search.has('part'));
  const acting = useAct();
  const shown = inOrder(jobs ?? []);
  const moving = (from: number, to: number) => (status ? move(status, shown, from, to) : Promise.resolve());
  const { drag, list, grip } = useDrag((from, to) => void acting.run(() => moving(from, to)));
  if (!status || !jobs) return <Waitless />;
  const asked = jobs.find((job) => job.id === why);
  const shared = jobs.find((job) => job.id === sharing);
  const edited = jobs.find((job) => job.id === editing);
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
            <JobRow key={job.id} status={status} job={job} place={i} last={shown.length - 1} chosen={why === job.id} drag={drag} onGrip={(event) => grip(i, event)} onMove={(to) => moving(i, to)} onWhy={() => setWhy(job.id)} onShares={() => setSharing(job.id)} onEdit={() => setEditing(job.id)} />
          ))}
        </ol>
      </section>
      <Orders status={status} />
      <Finished status={status} jobs={jobs} />
      {asked && <WhyPanel status={status} job={asked} onClose={() => setWhy(null)} />}
      {shared && <SharesSheet status={status} job={shared} onClose={() => setSharing(null)} />}
      {edited && <JobForm key={edited.id} status={status} parts={parts} job={edited} onClose={() => setEditing(null)} />}
      {adding && <JobForm status={status} parts={parts} part={search.get('part') ?? undefined} onClose={close} />}
    </div>
  );
}
