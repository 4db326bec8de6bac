// SPDX-License-Identifier: Apache-2.0
// Always in the same place, above every sheet. A tap opens the panel; holding the button for 0.7 s stops.
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../lib/acts';
import { clock } from '../lib/format';
import { live } from '../lib/live';
import { may } from '../lib/may';
import { machineName, siteName } from '../lib/names';
import { HOLD_MS, hasStopped, looking, machinesIn, type Scope, stop, stopPanel } from '../lib/stop';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Button, Fault, Select } from './basic';
import { Icon } from './icons';

const TWICE_MS = 3000;
const PATIENCE_MS = 4000;

// Held for HOLD_MS by finger, mouse or Space; or Enter twice.
export function HoldButton({ label, onHeld, disabled }: { label: string; onHeld: () => void; disabled?: boolean }) {
  const [holding, setHolding] = useState(false);
  const [again, setAgain] = useState(false);
  const timer = useRef(0);
  const enter = useRef(0);

  const release = () => {
    window.clearTimeout(timer.current);
    setHolding(false);
  };
  const hold = () => {
    if (disabled || holding) return;
    setHolding(true);
    timer.current = window.setTimeout(() => {
      setHolding(false);
      onHeld();
    }, HOLD_MS);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) hold();
    }
    if (event.key !== 'Enter' || event.repeat) return;
    event.preventDefault();
    if (Date.now() - enter.current < TWICE_MS) onHeld();
    enter.current = Date.now();
    setAgain(true);
  };
  return (
    <button
      type="button"
      class={holding ? 'hold holding' : 'hold'}
      disabled={disabled}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key === ' ' && release()}
      onBlur={release}
    >
      <i aria-hidden="true" />
      <Icon name="octagon" size={20} />
      <span>{again ? t('pressAgain') : label}</span>
    </button>
  );
}

function Acknowledgements({ scope, at }: { scope: Scope; at: number }) {
  const { status } = useStore(live);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), PATIENCE_MS);
    return () => window.clearTimeout(timer);
  }, [at]);
  const machines = machinesIn(scope);
  const open = machines.filter((machine) => !hasStopped(machine));
  const unheard = (machine: (typeof open)[number]) => late || machine.state === 'offline';
  return (
    <div class="acks" role="alert">
      <p class="ack-count">{t('stoppedCount', { n: machines.length - open.length, all: machines.length })}</p>
      <p class="second">{t('stopAsked', { time: clock(at) })}</p>
      <ul>
        {open.map((machine) => (
          <li key={machine.id} class={unheard(machine) ? 'unheard' : ''}>
            <Icon name={unheard(machine) ? 'warn' : 'greet'} />
            {unheard(machine)
              ? t('stopNoAnswer', { machine: machineName(status, machine) })
              : `${machineName(status, machine)} · ${t('stopWaiting')}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Choice({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const { status } = useStore(live);
  const here = looking.get();
  const sites = (status?.sites ?? []).filter(({ id }) => may('operator', id));
  const machine = status?.machines.find((one) => one.id === here.machine && may('operator', one.site));
  const near = [here.site, machine?.site].find((id) => id !== undefined && may('operator', id));
  const site = scope.kind === 'site' ? scope.id : (near ?? sites[0]?.id ?? '');
  const row = (value: Scope, text: string) => (
    <label class="radio">
      <input type="radio" name="scope" checked={scope.kind === value.kind} onChange={() => onChange(value)} />
      <span>{text}</span>
    </label>
  );
  const count = machinesIn({ kind: 'site', id: site }).length;
  return (
    <fieldset>
      <legend>{t('stopWhat')}</legend>
      {machine && row({ kind: 'machine', id: machine.id }, t('stopMachine', { machine: machineName(status, machine) }))}
      {site && row({ kind: 'site', id: site }, t('stopSiteN', { site: siteName(status, site), n: count }))}
      {scope.kind === 'site' && (
        <Select label={t('chooseSite')} value={site} onChange={(id) => onChange({ kind: 'site', id })} options={sites.map(({ id }) => [id, siteName(status, id)])} />
      )}
      {may('operator') && row({ kind: 'all' }, t('stopAll', { n: status?.machines.length ?? 0 }))}
    </fieldset>
  );
}

function firstScope(): Scope {
  const asked = stopPanel.get();
  const here = looking.get();
  if (asked && asked !== 'open') return asked;
  const status = live.get().status;
  const near = here.site ?? status?.machines.find((one) => one.id === here.machine)?.site;
  if (here.machine && near && may('operator', near)) return { kind: 'machine', id: here.machine };
  if (here.site && may('operator', here.site)) return { kind: 'site', id: here.site };
  const own = status?.sites.find(({ id }) => may('operator', id));
  return may('operator') || !own ? { kind: 'all' } : { kind: 'site', id: own.id };
}

function Panel() {
  const [scope, setScope] = useState<Scope>(firstScope);
  const [given, setGiven] = useState<{ scope: Scope; at: number } | null>(null);
  const [fault, setFault] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);

  const onHeld = async () => {
    const at = Date.now();
    setFault('');
    try {
      await stop(scope);
      setGiven({ scope, at });
    } catch (caught) {
      setFault(t('stopRefused', { why: words(caught) }));
    }
  };
  return (
    <div class="stop-panel" role="dialog" aria-label={t('emergencyStop')} tabIndex={-1} ref={box} onKeyDown={(event) => event.key === 'Escape' && stopPanel.set(null)}>
      {given ? <Acknowledgements {...given} /> : <Choice scope={scope} onChange={setScope} />}
      {!given && <HoldButton label={t('holdToStop')} onHeld={() => void onHeld()} />}
      {!given && <p class="second">{t('holdHelp')}</p>}
      <Fault text={fault} />
      <Button onClick={() => stopPanel.set(null)}>{t('close')}</Button>
    </div>
  );
}

export function StopButton() {
  const panel = useStore(stopPanel);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!panel) return undefined;
    return () => button.current?.focus();
  }, [panel === null]);
  return (
    <div class="stop">
      <button type="button" class="stop-open" ref={button} aria-expanded={panel !== null} onClick={() => stopPanel.set(panel ? null : 'open')}>
        <Icon name="octagon" size={18} />
        <span>{t('emergencyStop')}</span>
      </button>
      {panel && <Panel />}
    </div>
  );
}
