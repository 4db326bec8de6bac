// SPDX-License-Identifier: Apache-2.0
// For technicians: the config with its faults in place, what is plugged in, machines that are down.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct, words } from '../lib/acts';
import { get, upload } from '../lib/api';
import { face } from '../lib/face';
import { age, number, when } from '../lib/format';
import { config, live } from '../lib/live';
import { machineName } from '../lib/names';
import { useRead } from '../lib/read';
import { sentence, tongue } from '../lib/said';
import { useStore } from '../lib/store';
import type { Config, ConfigCheck, ConfigFault, List, Port, Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Button, Fault, Link, StateWord } from '../parts/basic';
import { Icon } from '../parts/icons';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

const AROUND = 2; // lines shown before and after a fault

async function copyText(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text);
}

function Copy({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void copyText(text).then(() => {
      setCopied(true);
      window.setTimeout(() => setCopied(false), 3000);
    });
  return <Button onClick={copy}>{copied ? t('copied') : label}</Button>;
}

// ---- faults in their place ----

function Place({ text, fault, chosen, onGo }: { text: string; fault: ConfigFault; chosen: boolean; onGo: () => void }) {
  const box = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) box.current?.focus();
  }, [chosen]);
  const lines = text.split('\n');
  const from = Math.max(1, fault.line - AROUND);
  const shown = lines.slice(from - 1, fault.line + AROUND);
  const row = (line: string, n: number) => (
    <p key={n} class={n === fault.line ? 'wrong' : ''}>
      <span class="line-number">{n}</span>
      <code>{line || ' '}</code>
    </p>
  );
  return (
    <li ref={box} tabIndex={-1} class="fault-place">
      <div class="fault-lines">{shown.slice(0, fault.line - from + 1).map((line, i) => row(line, from + i))}</div>
      <p class="fault" lang="en">
        <Icon name="warn" />
        <span>
          {t('lineColumn', { line: fault.line, column: fault.column })} {fault.message}
        </span>
      </p>
      <div class="fault-lines">{shown.slice(fault.line - from + 1).map((line, i) => row(line, fault.line + 1 + i))}</div>
      <Button kind="quiet" onClick={onGo}>
        {t('goToLine')}
      </Button>
    </li>
  );
}

function Faults({ text, faults, onGo }: { text: string; faults: ConfigFault[]; onGo: (fault: ConfigFault) => void }) {
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as Element | null)?.closest('input, textarea, select');
      const by = { n: 1, p: -1 }[event.key];
      if (typing || !by || event.ctrlKey || event.metaKey || event.altKey) return;
      setAt((old) => Math.max(0, Math.min(faults.length - 1, old + by)));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [faults.length]);
  return (
    <ol class="fault-places">
      {faults.map((fault, i) => (
        <Place key={i} text={text} fault={fault} chosen={i === at} onGo={() => onGo(fault)} />
      ))}
    </ol>
  );
}

function Checked({ check, stale }: { check: ConfigCheck; stale: boolean }) {
  if (stale) return <p class="second">{t('checkStale')}</p>;
  if (check.accepted)
    return (
      <p class="state good" role="status">
        <Icon name="check" /> {t('checkGood', { n: check.machines, s: check.sites })}
      </p>
    );
  return (
    <p class="state lock" role="status">
      <Icon name="warn" /> {t('checkFaults', { n: check.faults.length })} <span class="second">{t('checkKeys')}</span>
    </p>
  );
}

function offsetOf(text: string, fault: ConfigFault): number {
  const lines = text.split('\n').slice(0, fault.line - 1);
  return lines.reduce((sum, line) => sum + line.length + 1, 0) + fault.column - 1;
}

// The text as it is on disk, to be changed here and taken to the file by hand: this page never writes it.
function Editor({ file }: { file: string }) {
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<{ text: string; check: ConfigCheck } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const acting = useAct();
  const read = () =>
    acting.run(async () => {
      setText((await get<{ text: string }>('/api/v1/config/text')).text);
      setChecked(null);
    });
  useEffect(() => void read(), []);
  const check = () => void acting.run(async () => setChecked({ text, check: await upload<ConfigCheck>('/api/v1/config/check', new Blob([text]), () => undefined) }));
  const go = (fault: ConfigFault) => {
    const at = offsetOf(text, fault);
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
    if (field.current) field.current.scrollTop = Math.max(0, (fault.line - 4) * 20);
  };
  return (
    <section class="card padded config" aria-labelledby="config">
      <h2 id="config">
        {t('configTitle')} <code class="second">{file}</code>
      </h2>
      <p class="second">{t('configHelp')}</p>
      <label class="field">
        <span class="unseen">{t('configTitle')}</span>
        <textarea ref={field} class="mono" rows={20} spellcheck={false} wrap="off" lang="en" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="act-row">
        <Button kind="main" disabled={acting.busy || text === ''} onClick={check}>
          {t('checkConfig')}
        </Button>
        <Button disabled={acting.busy} onClick={() => void read()}>
          {t('readAgain')}
        </Button>
        <Copy text={text} label={t('copyAll')} />
      </div>
      <Fault text={acting.fault} />
      {checked && <Checked check={checked.check} stale={checked.text !== text} />}
      {checked && checked.text === text && <Faults text={text} faults={checked.check.faults} onGo={go} />}
    </section>
  );
}

// ---- the last reload ----

function Reload({ read }: { read: Config | null }) {
  const last = read?.last_reload;
  if (!last) return null;
  return (
    <section class="card padded" aria-labelledby="reload">
      <h2 id="reload">{t('lastReload')}</h2>
      <p class={`state ${last.accepted ? 'good' : 'lock'}`}>
        <Icon name={last.accepted ? 'check' : 'warn'} /> {t(last.accepted ? 'reloadTaken' : 'reloadRefused', { time: when(last.at) })}
      </p>
      <p lang="en">{last.message}</p>
      {last.faults.length > 0 && (
        <ul class="findings">
          {last.faults.map((fault, i) => (
            <li key={i} class="refused">
              <b>{t('lineColumn', { line: fault.line, column: fault.column })}</b>
              <span class="second" lang="en">
                {fault.message}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

// ---- ports ----

function PortCard({ port }: { port: Port }) {
  return (
    <li class="port">
      <h3>
        <Icon name="question" /> {t('newMachine')}
      </h3>
      <p>
        <b>{port.about || port.device}</b>
        {port.about && port.about !== port.device && <span class="second"> {port.device}</span>}
      </p>
      <code class="paste">{port.config}</code>
      <Copy text={port.config} label={t('copyLine')} />
    </li>
  );
}

function Ports() {
  const [ports, setPorts] = useState<Port[] | null>(null);
  const acting = useAct();
  const read = () => acting.run(async () => setPorts((await get<List<Port>>('/api/v1/ports')).items));
  useEffect(() => void read(), []);
  const unused = ports?.filter((port) => port.machine === null) ?? [];
  const used = (ports?.length ?? 0) - unused.length;
  return (
    <section class="card padded ports" aria-labelledby="ports">
      <h2 id="ports">{t('portsTitle')}</h2>
      {ports && <p class="second">{unused.length === 0 ? t('noPorts', { n: used }) : t('portsHelp', { n: unused.length })}</p>}
      <ul>
        {unused.map((port) => (
          <PortCard key={port.device} port={port} />
        ))}
      </ul>
      <Button disabled={acting.busy} onClick={() => void read()}>
        {t('lookAgain')}
      </Button>
      <Fault text={acting.fault} />
    </section>
  );
}

// ---- what is down ----

function Down({ status }: { status: Status }) {
  const down = status.machines
    .filter((machine) => ['off', 'out', 'lock'].includes(face(machine).family))
    .sort((a, b) => Date.parse(a.since ?? '') - Date.parse(b.since ?? ''));
  return (
    <section class="card padded down" aria-labelledby="down">
      <h2 id="down">{down.length === 0 ? t('noneDown') : t('downTitle', { n: number(down.length) })}</h2>
      <ul>
        {down.map((machine) => (
          <li key={machine.id}>
            <Badge status={status} site={machine.site} />
            <span>
              <Link to={`/machines/${encodeURIComponent(machine.id)}`}>{machineName(status, machine)}</Link>
              <span class="second" lang={tongue(machine.message)}>
                {sentence(machine.message)}
              </span>
            </span>
            <StateWord machine={machine} />
            <span class="second">{age(machine.since)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TechnicalPage() {
  const { status } = useStore(live);
  const known = useStore(config);
  const [fault, setFault] = useState('');
  const read = useRead(
    () =>
      get<Config>('/api/v1/config').catch((caught) => {
        setFault(words(caught));
        throw caught;
      }),
    known,
    '',
  );
  if (!status) return <Waitless />;
  return (
    <div class="technical-page">
      <PageTitle>{t('technical')}</PageTitle>
      <Fault text={fault} />
      <Reload read={read} />
      <Down status={status} />
      <Ports />
      <Editor file={read?.file ?? ''} />
    </div>
  );
}
