// SPDX-License-Identifier: Apache-2.0
// A job of the queue, and what its coordinator may do with it.
import { say, useAct } from '../lib/acts';
import { post } from '../lib/api';
import { number, shortDay } from '../lib/format';
import { changes } from '../lib/live';
import { mayAt } from '../lib/may';
import { partName, siteName } from '../lib/names';
import type { Job, Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Bar, Button, Fault, Sure } from './basic';
import { Icon } from './icons';

export interface Drag {
  from: number;
  to: number;
}

async function turn(job: Job, word: 'hold' | 'release' | 'cancel'): Promise<void> {
  await post(`/api/v1/jobs/${job.id}/${word}`, {}, job.version);
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

// On a phone what one seldom does is folded away, so that a glance takes in the whole queue.
const wide = () => window.matchMedia('(min-width: 640px)').matches;

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
  onShares: () => void;
  onEdit: () => void;
}

export function JobRow({ status, job, place, last, chosen, drag, onGrip, onMove, onWhy, onShares, onEdit }: RowProps) {
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
            <b>{number(job.good)}</b> {t('goodLower', { n: job.good })}
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
        {status.sites.length > 1 && (
          <Button kind="quiet" onClick={onShares} aria-label={`${t('shares')} ${name} ${job.id}`}>
            {t('shares')}
          </Button>
        )}
        {keeps && (
          <details class="job-more" open={wide()}>
            <summary>{t('jobMore')}</summary>
            <Button disabled={acting.busy} onClick={onEdit} aria-label={`${t('changeJob')} ${name} ${job.id}`}>
              {t('changeJob')}
            </Button>
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
          </details>
        )}
      </div>
      <Fault text={acting.fault} />
    </li>
  );
}

function rowClass(chosen: boolean, place: number, drag: Drag | null): string {
  if (drag?.from === place) return 'dragged';
  if (drag && drag.to === place) return drag.to < drag.from ? 'before' : 'after';
  return chosen ? 'chosen' : '';
}
