// SPDX-License-Identifier: Apache-2.0
// Why a job is not made faster: every machine by reason, adding up to all of them; ready and idle ones first.
import { useState } from 'preact/hooks';
import { get } from '../lib/api';
import { type Family, face } from '../lib/face';
import { clock, now, number } from '../lib/format';
import { machineName, partName } from '../lib/names';
import { useRead } from '../lib/read';
import { sentence, tongue } from '../lib/said';
import type { Job, List, Machine, Status, Why } from '../lib/types';
import { t, tMaybe } from '../lib/words';
import { Button, Link, Sheet } from './basic';
import { Icon, type IconName } from './icons';

interface Group {
  key: string;
  family: Family;
  icon: IconName;
  title: string;
  machines: Machine[];
}

const NAMES_SHOWN = 4;

// What the machine is doing matters more than the dispatcher's word for it: making this job, something else, waiting.
function groupOf(job: Job, machine: Machine, why: Why | undefined): Omit<Group, 'machines'> {
  const shown = face(machine);
  const reason = why?.reason ?? 'not_idle';
  if (machine.run && machine.run.job === job.id) return { key: 'making', family: 'run', icon: 'run', title: t('makingIt') };
  if (shown.family === 'you' || shown.family === 'lock') return { key: 'you', family: 'you', icon: 'hand', title: t('needPerson') };
  if (shown.family === 'off') return { key: 'off', family: 'off', icon: 'off', title: t('offline') };
  if (shown.family === 'out') return { key: 'out', family: 'out', icon: 'wrench', title: t('outOfService') };
  if (machine.run) return { key: 'other', family: 'ready', icon: 'run', title: t('makingOther') };
  return { key: `idle-${reason}`, family: 'ready', icon: 'ready', title: tMaybe(`why_${reason}`, why?.message ?? reason) };
}

export function groups(status: Status, job: Job, whys: Why[]): Group[] {
  const found = new Map<string, Group>();
  for (const machine of status.machines) {
    const why = whys.find((one) => one.machine === machine.id);
    const group = groupOf(job, machine, why);
    const old = found.get(group.key) ?? { ...group, machines: [] };
    old.machines.push(machine);
    found.set(group.key, old);
  }
  const order = ['making', 'you', 'other', 'off', 'out'];
  const rank = (group: Group) => (order.includes(group.key) ? order.indexOf(group.key) : 0.5);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || b.machines.length - a.machines.length);
}

const useful = (reason: string) => ['material', 'bed_not_clear', 'unattended', 'start_refused', 'no_program', 'model', 'closing'].includes(reason);

// The machines a person could set to work: ready, idle, refused for something that can be lifted.
function Idle({ status, machine, why }: { status: Status; machine: Machine; why: Why }) {
  return (
    <div class="idle-machine">
      <h3>
        <Icon name="ready" /> {t('whyIdle', { machine: machineName(status, machine) })}
      </h3>
      <p>
        <Icon name="cross" /> <b>{tMaybe(`why_${why.reason}`, why.message)}</b>
      </p>
      <p class="second" lang={tongue(why.message)}>
        {sentence(why.message)}
      </p>
      <p>
        {(why.reason === 'model' || why.reason === 'no_program') && <Link to="/programs">{t('addProgram')}</Link>}
        {why.reason !== 'model' && why.reason !== 'no_program' && <Link to={`/machines/${encodeURIComponent(machine.id)}`}>{t('openMachine')}</Link>}
      </p>
    </div>
  );
}

function GroupRow({ status, group }: { status: Status; group: Group }) {
  const names = group.machines.slice(0, NAMES_SHOWN).map((machine) => machineName(status, machine));
  const rest = group.machines.length - names.length;
  return (
    <li>
      <span class={`state ${group.family}`}>
        <Icon name={group.icon} />
      </span>
      <b class="why-count">{number(group.machines.length)}</b>
      <span>
        <b>{group.title}</b>
        <span class="second">
          {names.join(', ')}
          {rest > 0 && ` ${t('whyOthers', { n: rest })}`}
        </span>
      </span>
      <Link to={`/machines?only=${group.machines.map(({ id }) => encodeURIComponent(id)).join(',')}`}>{t('seeMachines', { n: group.machines.length })}</Link>
    </li>
  );
}

export function WhyPanel({ status, job, onClose }: { status: Status; job: Job; onClose: () => void }) {
  const whys = useRead(() => get<List<Why>>(`/api/v1/jobs/${job.id}/why`).then((list) => list.items), null as Why[] | null, String(job.id));
  const [all, setAll] = useState(false);
  const title = (
    <span>
      {t('whyNotFaster')}
      <span class="second">{t('whyFor', { job: partName(status, job.part), n: status.machines.length, time: clock(now()) })}</span>
    </span>
  );
  if (!whys)
    return (
      <Sheet title={title} onClose={onClose}>
        <div class="grey-shapes" aria-hidden="true">
          <i />
        </div>
      </Sheet>
    );
  const shown = groups(status, job, whys);
  const idle = whys.flatMap((why) => {
    const machine = status.machines.find((one) => one.id === why.machine);
    return machine && face(machine).family === 'ready' && !machine.run && useful(why.reason) ? [{ machine, why }] : [];
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <div class="why-bar" aria-hidden="true">
        {shown.map((group) => (
          <i key={group.key} class={`${group.family} ${group.key === 'other' ? 'other' : ''}`} style={{ flexGrow: group.machines.length }} />
        ))}
      </div>
      {idle.slice(0, all ? 100 : 2).map(({ machine, why }) => (
        <Idle key={machine.id} status={status} machine={machine} why={why} />
      ))}
      {idle.length > 2 && !all && (
        <Button kind="quiet" icon="down" onClick={() => setAll(true)}>
          {t('showAll', { n: idle.length - 2 })}
        </Button>
      )}
      <ul class="why-groups">
        {shown.map((group) => (
          <GroupRow key={group.key} status={status} group={group} />
        ))}
      </ul>
      <p class="second">{t('whyTotal', { sum: shown.map((group) => number(group.machines.length)).join(' + '), n: number(status.machines.length) })}</p>
    </Sheet>
  );
}

