// SPDX-License-Identifier: Apache-2.0
// Why a machine does not work on what is in the queue: its own state first, then each job's reason.
import { get, machinePath } from '../lib/api';
import { face } from '../lib/face';
import { clock, now } from '../lib/format';
import { machineName, partName } from '../lib/names';
import { useRead } from '../lib/read';
import { sentence, tongue } from '../lib/said';
import { inOrder } from '../lib/order';
import type { Job, List, Machine, Status, Why } from '../lib/types';
import { t, tMaybe } from '../lib/words';
import { Link, Sheet, StateWord } from './basic';
import { Icon } from './icons';

// What holds for the machine whatever the job: said once.
const OWN = ['flags', 'offline', 'locked', 'not_idle', 'verdict', 'bed_not_clear', 'held_back', 'unattended', 'start_refused', 'closed'];

// Reasons whose own words say more than ours: which material, which state, since when.
const TELLS = ['material', 'model', 'not_idle', 'locked', 'start_refused', 'closed', 'closing'];

function Own({ machine, why }: { machine: Machine; why: Why | undefined }) {
  const shown = face(machine);
  if (machine.run) return <p>{t('whyRuns')}</p>;
  if (!why) return shown.family === 'ready' ? null : <p lang={tongue(machine.message)}>{sentence(machine.message)}</p>;
  return (
    <div class="idle-machine">
      <h3>
        <Icon name="cross" /> {tMaybe(`why_${why.reason}`, why.message)}
      </h3>
      {TELLS.includes(why.reason) && (
        <p class="second" lang={tongue(why.message)}>
          {sentence(why.message)}
        </p>
      )}
      {machine.waiting_for === 'clear' && <Link to={`/machines/${encodeURIComponent(machine.id)}?qr`}>{t(shown.verb ?? 'clear')}</Link>}
    </div>
  );
}

export function MachineWhy({ status, machine, onClose }: { status: Status; machine: Machine; onClose: () => void }) {
  const jobs = useRead(() => get<List<Job>>('/api/v1/jobs').then((list) => list.items), null as Job[] | null, '');
  const whys = useRead(() => get<List<Why>>(machinePath(machine.id, 'why')).then((list) => list.items), null as Why[] | null, machine.id);
  const title = (
    <span>
      {t('whyMachine', { machine: machineName(status, machine) })}
      <span class="second">{t('whyAt', { time: clock(now()) })}</span>
    </span>
  );
  if (!jobs || !whys)
    return (
      <Sheet title={title} onClose={onClose}>
        <div class="grey-shapes" aria-hidden="true">
          <i />
        </div>
      </Sheet>
    );
  const shown = inOrder(jobs).flatMap((job) => {
    const why = whys.find((one) => one.job === job.id);
    return why ? [{ job, why }] : [];
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <p class="sheet-state">
        <StateWord machine={machine} />
      </p>
      <Own machine={machine} why={whys.find((why) => OWN.includes(why.reason))} />
      {shown.length === 0 && (
        <p>
          {t('noJobs')} <Link to="/queue">{t('createJob')}</Link>
        </p>
      )}
      <ul class="why-jobs">
        {shown.map(({ job, why }) => (
          <li key={job.id}>
            <Icon name={why.reason === 'next' ? 'check' : 'cross'} />
            <span>
              <b>{partName(status, job.part)}</b> <span class="second">{t('numberN', { id: String(job.id) })}</span>
              <span class="why-words">{machine.run?.job === job.id ? t('makingIt') : tMaybe(`why_${why.reason}`, why.message)}</span>
              {TELLS.includes(why.reason) && (
                <span class="second" lang={tongue(why.message)}>
                  {sentence(why.message)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
