// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { face } from '../lib/face';
import { degrees, duration, lasting, percent } from '../lib/format';
import { may } from '../lib/may';
import { machineName, modelName, partName } from '../lib/names';
import { sentence, tongue } from '../lib/said';
import { looking } from '../lib/stop';
import type { Machine, Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Bar, Link, Sheet, StateWord } from './basic';
import { LoadForm } from './load';
import { MachineActs } from './machine-acts';
import { Verdict } from './verdict';

// What the machine does, in a few lines.
export function Doing({ status, machine }: { status: Status; machine: Machine }) {
  const run = machine.run;
  return (
    <div class="doing">
      {run && (
        <>
          <p>
            <b>{partName(status, run.part)}</b> · {percent(run.progress)} · {t('timeLeft')} {machine.state === 'heating' ? '—' : duration(run.eta_s)}
          </p>
          <Bar share={run.progress ?? 0} />
        </>
      )}
      {machine.message && (
        <p class={face(machine).family === 'lock' ? 'note lock' : 'note'} lang={tongue(machine.message)}>
          {sentence(machine.message)}
        </p>
      )}
      {machine.kind === 'printer' && machine.state !== 'offline' && (
        <p class="second">{t('tempsSentence', { nozzle: degrees(machine.temps.nozzle), bed: degrees(machine.temps.bed) })}</p>
      )}
    </div>
  );
}

export function MachineSheet({ status, machine, onClose }: { status: Status; machine: Machine; onClose: () => void }) {
  // The sheet that opened to clear a bed stays one when somebody else has cleared it meanwhile, and says so.
  const operates = may('operator', machine.site);
  const [clearing] = useState(operates && machine.waiting_for === 'clear' && face(machine).family === 'you');
  const [loading] = useState(operates && face(machine).word === 'toChange');
  useEffect(() => {
    looking.set({ machine: machine.id, site: machine.site });
    return () => looking.set({});
  }, [machine.id]);
  return (
    <Sheet
      onClose={onClose}
      title={
        <>
          <Badge large status={status} site={machine.site} />
          <span>
            {machineName(status, machine)}
            <span class="second">{modelName(status, machine.model)}</span>
          </span>
        </>
      }
    >
      <p class="sheet-state">
        <StateWord machine={machine} /> <span class="second">{lasting(machine.since)}</span>
      </p>
      {clearing ? <Verdict status={status} machine={machine} onDone={onClose} /> : <Doing status={status} machine={machine} />}
      {loading && <LoadForm machine={machine} onDone={onClose} />}
      {operates && (
        <details class="more-acts" open={!clearing && !loading}>
          <summary>{t('whatToDo')}</summary>
          <MachineActs machine={machine} />
        </details>
      )}
      <p>
        <Link to={`/machines/${encodeURIComponent(machine.id)}`}>{t('openMachine')}</Link>
      </p>
    </Sheet>
  );
}
