// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, patch, post } from '../lib/api';
import { number, shortDay } from '../lib/format';
import { changes, config, live } from '../lib/live';
import { partName, siteName } from '../lib/names';
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

const TOP = 9;

const alive = (job: Job) => job.state === 'open' || job.state === 'held';

// As the dispatcher looks at them: priority, then what is due first, then age.
function inOrder(jobs: Job[]): Job[] {
  const due = (job: Job) => (job.due ? Date.parse(job.due) : Infinity);
  return jobs.filter(alive).sort((a, b) => b.priority - a.priority || due(a) - due(b) || a.id - b.id);
}

async function change(job: Job, to: Partial<Pick<Job, 'priority'>>): Promise<void> {
  const back = { priority: job.priority };
  await patch(`/api/v1/jobs/${job.id}`, to);
  changes.set(changes.get() + 1);
  const undo = async () => {
    await patch(`/api/v1/jobs/${job.id}`, back);
    changes.set(changes.get() + 1);
    say(t('done'));
  };
  say(t('jobN', { id: String(job.id), what: t('priorityN', { n: to.priority ?? job.priority }) }), { ms: 10000, act: { label: t('cancelAct'), run: undo } });
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
  place: number;
  chosen: boolean;
  onWhy: () => void;
}

function JobRow({ status, job, place: rank, chosen, onWhy }: RowProps) {
  const acting = useAct();
  const name = partName(status, job.part);
  const to = (priority: number) => void acting.run(() => change(job, { priority: Math.max(0, Math.min(TOP, priority)) }));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!event.altKey || !by) return;
    event.preventDefault();
    to(job.priority + by);
  };
  const sub = [t('numberN', { id: String(job.id) }), t('priorityN', { n: job.priority }), job.due && t('dueOn', { day: shortDay(job.due) }), job.sites.map((site) => siteName(status, site)).join(', '), job.note];
  return (
    <li class={chosen ? 'chosen' : ''} onKeyDown={onKeyDown} data-job={job.id}>
      <span class="rank">{rank}</span>
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
        <div class="moves" role="group" aria-label={t('move', { job: `${name} ${job.id}` })}>
          <Button icon="up" disabled={acting.busy || job.priority >= TOP} onClick={() => to(job.priority + 1)}>
            {t('up')}
          </Button>
          <Button icon="down" disabled={acting.busy || job.priority <= 0} onClick={() => to(job.priority - 1)}>
            {t('down')}
          </Button>
          <Button disabled={acting.busy || job.priority >= TOP} onClick={() => to(TOP)}>
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
      </div>
      <Fault text={acting.fault} />
    </li>
  );
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
  if (!status || !jobs) return <Waitless />;
  const shown = inOrder(jobs);
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
          <Button kind="main" onClick={() => setAdding(true)}>
            {t('newJob')}
          </Button>
        </header>
        {shown.length === 0 && (
          <p class="empty">
            {t('noJobs')}{' '}
            <Button kind="quiet" onClick={() => setAdding(true)}>
              {t('createJob')}
            </Button>
          </p>
        )}
        <ol class="jobs">
          {shown.map((job, i) => (
            <JobRow key={job.id} status={status} job={job} place={i + 1} chosen={why === job.id} onWhy={() => setWhy(job.id)} />
          ))}
        </ol>
      </section>
      <Finished status={status} jobs={jobs} />
      {asked && <WhyPanel status={status} job={asked} onClose={() => setWhy(null)} />}
      {adding && <JobForm status={status} parts={parts} part={search.get('part') ?? undefined} onClose={close} />}
    </div>
  );
}
