// SPDX-License-Identifier: Apache-2.0
// What may be done with a machine now. What may not is shown all the same, with its reason.
import { order, type MachineWord, useAct } from '../lib/acts';
import { live } from '../lib/live';
import { may } from '../lib/may';
import { machineName } from '../lib/names';
import { useStore } from '../lib/store';
import { stopPanel } from '../lib/stop';
import type { Machine } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Fault, Sure } from './basic';
import type { IconName } from './icons';

// What the daemon lets only technicians do.
const TECHNICAL: MachineWord[] = ['test', 'out', 'in'];

const mayAct = (machine: Machine, word: MachineWord) => may(TECHNICAL.includes(word) ? 'technician' : 'operator', machine.site);

interface Act {
  word: MachineWord;
  text: Key;
  icon?: IconName;
  no: Key | null; // why not now
  sure?: { text: Key; keep: Key };
}

function actsOf(machine: Machine): Act[] {
  const off: Key | null = machine.state === 'offline' ? 'whyNotOffline' : null;
  const busy = machine.run !== null;
  const cancel: Key = machine.kind === 'laser' ? 'cancelCut' : 'cancelPrint';
  const acts: Act[] = [];
  if (machine.waiting_for === 'unlock' || machine.state === 'locked')
    acts.push({ word: 'unlock', text: 'unlock', icon: 'lock', no: off, sure: { text: 'unlockSure', keep: 'close' } });
  if (machine.state === 'held') acts.push({ word: 'resume', text: 'resume', icon: 'run', no: off });
  else acts.push({ word: 'pause', text: 'pause', icon: 'pause', no: off ?? (busy ? null : 'whyNotRun') });
  acts.push({ word: 'cancel', text: cancel, no: off ?? (busy ? null : 'whyNotRun'), sure: { text: 'cancelSure', keep: 'cancelKeep' } });
  if (machine.flags.includes('quarantined')) acts.push({ word: 'test', text: 'testLink', no: off });
  if (machine.flags.includes('out-of-service')) acts.push({ word: 'in', text: 'putIn', icon: 'wrench', no: null });
  else acts.push({ word: 'out', text: 'takeOut', icon: 'wrench', no: null });
  return acts.filter((act) => mayAct(machine, act.word));
}

export function MachineActs({ machine }: { machine: Machine }) {
  const acting = useAct();
  const now = useStore(live);
  const lost = now.link === 'lost';
  const acts = actsOf(machine);
  const whys = [...new Set(acts.flatMap((act) => act.no ?? []))];
  if (!may('operator', machine.site)) return null;
  const run = (act: Act) => void acting.run(() => order(machine, act.word, act.text));
  return (
    <div class="acts">
      <div class="act-row">
        {acts.map((act) =>
          act.sure ? (
            <Sure key={act.word} label={t(act.text)} icon={act.icon} sure={t(act.sure.text)} keep={t(act.sure.keep)} disabled={lost || acting.busy || act.no !== null} onSure={() => run(act)} />
          ) : (
            <Button key={act.word} icon={act.icon} disabled={lost || acting.busy || act.no !== null} onClick={() => run(act)}>
              {t(act.text)}
            </Button>
          ),
        )}
        <Button kind="stop" icon="octagon" onClick={() => stopPanel.set({ kind: 'machine', id: machine.id })}>
          {t('stopThis', { machine: machineName(now.status, machine) })}
        </Button>
      </div>
      {lost ? <p class="second">{t('lostCommands')}</p> : whys.map((why) => <p key={why} class="second">{t(why)}</p>)}
      <Fault text={acting.fault} />
    </div>
  );
}
