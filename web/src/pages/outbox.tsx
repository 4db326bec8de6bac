// SPDX-License-Identifier: Apache-2.0
// Messages to people: what was given up first, then what waits, then what arrived.
import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../lib/acts';
import { get, query } from '../lib/api';
import { ago, clock, number, tick, when } from '../lib/format';
import { sentence, tongue } from '../lib/said';
import { useStore } from '../lib/store';
import { type Key, t } from '../lib/words';
import { Button, Fault } from '../parts/basic';
import { Icon, type IconName } from '../parts/icons';
import { PageTitle } from '../parts/shell';

type State = 'failed' | 'waiting' | 'sent';

interface Message {
  id: number;
  person: string;
  channel: string;
  address: string; // of a webhook only the host
  title: string;
  made: string;
  due: string | null;
  sent: string | null;
  tries: number;
  error: string;
}

interface Box {
  items: Message[];
  next: number | null;
  counts: { waiting: number; failed: number };
}

const PAGE = 20;
const STATES: { state: State; icon: IconName; family: string }[] = [
  { state: 'failed', icon: 'warn', family: 'lock' },
  { state: 'waiting', icon: 'greet', family: 'you' },
  { state: 'sent', icon: 'check', family: 'good' },
];

function course(message: Message, state: State): string {
  const tries = t('outboxTries', { n: message.tries });
  if (state === 'sent') return t('outboxSentAt', { when: when(message.sent) });
  if (state === 'failed' || !message.due) return `${t('outboxMade', { age: ago(message.made) })} · ${tries}`;
  return `${t('outboxMade', { age: ago(message.made) })} · ${tries} · ${t('outboxNext', { time: clock(message.due) })}`;
}

function Row({ message, state }: { message: Message; state: State }) {
  return (
    <li>
      <span>
        <b>{message.title}</b>
        <span class="second">
          {t('outboxFor', { who: message.person || '—' })} · {message.address} · {course(message, state)}
        </span>
        {message.error && state !== 'sent' && (
          <span class="second" lang={tongue(message.error)}>
            {sentence(message.error)}
          </span>
        )}
      </span>
    </li>
  );
}

function Group({ state, icon, family }: (typeof STATES)[number]) {
  const [box, setBox] = useState<Box | null>(null);
  const acting = useAct();
  const clockTick = useStore(tick);
  const [older, setOlder] = useState<Message[]>([]);
  const [next, setNext] = useState<number | null>(null);
  const ask = (before?: number) => get<Box>(`/api/v1/outbox${query({ state, before, limit: PAGE })}`);
  const first = () =>
    acting.run(async () => {
      const read = await ask();
      setBox(read);
      if (older.length === 0) setNext(read.next);
    });
  const more = () =>
    acting.run(async () => {
      const read = await ask(next ?? undefined);
      setOlder([...older, ...read.items]);
      setNext(read.next);
    });
  useEffect(() => void first(), [clockTick]);
  const known = new Set(box?.items.map(({ id }) => id));
  const items = [...(box?.items ?? []), ...older.filter(({ id }) => !known.has(id))];
  const count = box && state !== 'sent' ? number(box.counts[state]) : '';
  return (
    <section class="padded" aria-labelledby={`outbox-${state}`}>
      <h2 id={`outbox-${state}`} class={`state ${items.length > 0 ? family : ''}`}>
        <Icon name={icon} /> {t(`outbox_${state}` as Key)} {count}
      </h2>
      {state === 'failed' && items.length > 0 && <p>{t('outboxFailedDo')}</p>}
      <Fault text={acting.fault} />
      {box && items.length === 0 && <p class="second">{t(`outboxNone_${state}` as Key)}</p>}
      <ul class="plain-rows">
        {items.map((message) => (
          <Row key={message.id} message={message} state={state} />
        ))}
      </ul>
      {next && (
        <Button disabled={acting.busy} onClick={() => void more()}>
          {t('outboxMore')}
        </Button>
      )}
    </section>
  );
}

export function OutboxPage() {
  return (
    <section class="card" aria-labelledby="outbox">
      <header class="card-head">
        <PageTitle sub={t('outboxSub')}>
          <span id="outbox">{t('outbox')}</span>
        </PageTitle>
      </header>
      {STATES.map((row) => (
        <Group key={row.state} {...row} />
      ))}
    </section>
  );
}
