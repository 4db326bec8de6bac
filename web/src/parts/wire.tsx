// SPDX-License-Identifier: Apache-2.0
// What goes over the wire, read every second while it is looked at.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct, words } from '../lib/acts';
import { get, machinePath, post } from '../lib/api';
import { clockSeconds, now } from '../lib/format';
import type { Machine } from '../lib/types';
import { sentence } from '../lib/said';
import { t } from '../lib/words';
import { Button, Fault } from './basic';

interface Line {
  at: number;
  way: string;
  text: string;
}

const EVERY_MS = 1000;
const SHOWN = 200;
const TEMPS = /^(ok )?\s*T:?\d?[:=]?\s*-?\d+|^M105|^ok T:|^<(Idle|Run|Hold)|^\?$/;
const RESEND = /^(Resend|rs)\b/i;

// "   -86.091 > N10 G1 X1": seconds before now, way, text.
function parse(line: string, readAt: number): Line {
  const match = /^\s*(-?[\d.]+) (.) (.*)$/.exec(line);
  return match ? { at: readAt + Number(match[1]) * 1000, way: match[2] ?? ' ', text: match[3] ?? '' } : { at: readAt, way: ' ', text: line };
}

function useWire(machine: string, frozen: boolean): [Line[], string] {
  const [lines, setLines] = useState<Line[]>([]);
  const [fault, setFault] = useState('');
  useEffect(() => {
    if (frozen) return undefined;
    let busy = false;
    const read = async () => {
      if (busy || document.visibilityState === 'hidden') return;
      busy = true;
      try {
        const answer = await get<{ lines: string[] }>(machinePath(machine, 'wire'));
        const at = now();
        setLines(answer.lines.map((line) => parse(line, at)));
        setFault('');
      } catch (caught) {
        setFault(words(caught));
      }
      busy = false;
    };
    void read();
    const timer = window.setInterval(() => void read(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, [machine, frozen]);
  return [lines, fault];
}

const stamp = (at: number) => `${clockSeconds(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`;

const asText = (lines: Line[]) => lines.map((line) => `${stamp(line.at)} ${line.way} ${line.text}`).join('\n');

function Send({ machine }: { machine: Machine }) {
  const [line, setLine] = useState('');
  const [answer, setAnswer] = useState('');
  const acting = useAct();
  const may = (machine.state === 'idle' && !machine.run) || machine.state === 'held';
  const send = (event: Event) => {
    event.preventDefault();
    void acting.run(async () => {
      const got = await post<{ message: string }>(machinePath(machine.id, 'send'), { line: line.trim() });
      setAnswer(sentence(got.message));
      setLine('');
    });
  };
  return (
    <form class="send" onSubmit={send}>
      <label>
        <span class="unseen">{t('sendLabel')}</span>
        <input type="text" class="mono" maxLength={120} placeholder={t('sendLabel')} value={line} disabled={!may} onInput={(event) => setLine(event.currentTarget.value)} />
      </label>
      <Button type="submit" disabled={!may || acting.busy || line.trim() === ''}>
        {t('send')}
      </Button>
      {!may && <span class="second">{t(machine.state === 'offline' ? 'whyNotOffline' : 'sendBusy')}</span>}
      {answer && (
        <p class="second" role="status">
          {t('sent', { text: answer })}
        </p>
      )}
      <Fault text={acting.fault} />
    </form>
  );
}

export function Wire({ machine }: { machine: Machine }) {
  const [frozen, setFrozen] = useState(false);
  const [hide, setHide] = useState(true);
  const [filter, setFilter] = useState('');
  const [copied, setCopied] = useState(false);
  const [lines, fault] = useWire(machine.id, frozen);
  const box = useRef<HTMLDivElement>(null);
  const shown = lines.filter((line) => (!hide || !TEMPS.test(line.text)) && line.text.toLowerCase().includes(filter.toLowerCase())).slice(-SHOWN);
  useEffect(() => {
    if (!frozen && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  const copy = async () => {
    await navigator.clipboard?.writeText(asText(shown));
    setCopied(true);
    window.setTimeout(() => setCopied(false), 3000);
  };
  return (
    <section class="card padded wire" aria-labelledby="wire">
      <header>
        <h2 id="wire">{t('wire')}</h2>
        <p class="second">
          {t(frozen ? 'wireFrozen' : 'wireLive')} · {t('wireFigures', { sent: machine.sent_lines, resends: machine.resends })}
        </p>
        <label class="search">
          <span class="unseen">{t('wireFilter')}</span>
          <input type="search" placeholder={t('wireFilter')} value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <Button kind="chip" aria-pressed={hide} onClick={() => setHide(!hide)}>
          {t('hideTemps')}
        </Button>
        <Button kind="chip" aria-pressed={frozen} onClick={() => setFrozen(!frozen)}>
          {t(frozen ? 'unfreeze' : 'freeze')}
        </Button>
        <Button onClick={() => void copy()}>{t(copied ? 'copied' : 'copyLines')}</Button>
      </header>
      <Fault text={fault} />
      <div class="log" ref={box} tabIndex={0} role="group" aria-label={t('wire')}>
        {shown.length === 0 && <p class="second">{t('wireEmpty')}</p>}
        {shown.map((line, i) => (
          <p key={i} class={RESEND.test(line.text) ? 'resend' : ''}>
            <time>{stamp(line.at)}</time> <b class={line.way === '>' ? 'sent' : 'heard'}>{line.way}</b> <span lang="en">{line.text}</span>
          </p>
        ))}
      </div>
      <Send machine={machine} />
    </section>
  );
}
