// SPDX-License-Identifier: Apache-2.0
// What people and programs did and tried, newest first.
import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../lib/acts';
import { get, query } from '../lib/api';
import { commandWords, detailWords, objectWords } from '../lib/audit';
import { clockSeconds, shortDay } from '../lib/format';
import { live } from '../lib/live';
import { sentence, tongue } from '../lib/said';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault } from '../parts/basic';
import { Icon } from '../parts/icons';
import { PageTitle } from '../parts/shell';

interface Entry {
  seq: number;
  at: string;
  who: string;
  via: string;
  address: string;
  command: string;
  object: string;
  site: string;
  status: number;
  outcome: string;
  detail: string;
}

interface Pages {
  items: Entry[];
  next: number | null;
}

interface Checked {
  ok: boolean;
  rows: number;
  head: string;
  broken: number | null;
}

const PAGE = 50;

function Chain() {
  const [found, setFound] = useState<Checked | null>(null);
  const acting = useAct();
  const verify = () => acting.run(async () => setFound(await get<Checked>('/api/v1/audit/verify')));
  return (
    <div class="chain">
      <Button disabled={acting.busy} onClick={() => void verify()}>
        {t('auditVerify')}
      </Button>
      <Fault text={acting.fault} />
      {found && (
        <p class={`note ${found.ok ? '' : 'lock'}`} role="status">
          <Icon name={found.ok ? 'check' : 'warn'} />
          <span>{found.ok ? t('auditGood', { n: found.rows, head: found.head.slice(0, 16) }) : t('auditBroken', { n: found.broken ?? 0 })}</span>
        </p>
      )}
    </div>
  );
}

function Row({ status, entry }: { status: Status | null; entry: Entry }) {
  const good = entry.status < 400;
  return (
    <tr>
      <td class="audit-when">
        <time dateTime={entry.at}>
          {shortDay(entry.at)} {clockSeconds(entry.at)}
        </time>
        <span class="second">{entry.seq}</span>
      </td>
      <td>
        <b>{entry.who || '—'}</b>
        <span class="second">{[entry.via, entry.address].filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        <b>{commandWords(entry.command)}</b> {objectWords(status, entry.object, entry.site)}
        {entry.detail && <span class="second">{detailWords(status, entry.detail)}</span>}
        <span class="second">
          <code>{entry.command}</code>
        </span>
      </td>
      <td>
        <span class={`state ${good ? 'good' : 'lock'}`}>
          <Icon name={good ? 'check' : 'cross'} /> {t(good ? 'auditDone' : 'auditRefused')}
        </span>
        {!good && (
          <span class="second" lang={tongue(entry.outcome)}>
            {sentence(entry.outcome)}
          </span>
        )}
      </td>
    </tr>
  );
}

function Filter({ onFilter }: { onFilter: (who: string, command: string) => void }) {
  const [who, setWho] = useState('');
  const [command, setCommand] = useState('');
  const look = (event: Event) => {
    event.preventDefault();
    onFilter(who.trim(), command.trim());
  };
  return (
    <form class="choose audit-filter" onSubmit={look}>
      <label class="field small">
        <span>{t('auditWho')}</span>
        <input type="text" value={who} maxLength={64} autocapitalize="off" onInput={(event) => setWho(event.currentTarget.value)} />
      </label>
      <label class="field small">
        <span>{t('auditCommand')}</span>
        <input type="text" value={command} maxLength={64} autocapitalize="off" placeholder="machine.clear" onInput={(event) => setCommand(event.currentTarget.value)} />
      </label>
      <Button type="submit">{t('auditFilter')}</Button>
    </form>
  );
}

export function AuditPage() {
  const { status } = useStore(live);
  const [filter, setFilter] = useState({ who: '', command: '' });
  const [shown, setShown] = useState<Pages | null>(null);
  const acting = useAct();
  const read = (before?: number) =>
    acting.run(async () => {
      const page = await get<Pages>(`/api/v1/audit${query({ ...filter, before, limit: PAGE })}`);
      setShown((now) => ({ items: before && now ? [...now.items, ...page.items] : page.items, next: page.next }));
    });
  useEffect(() => void read(), [filter]);
  const next = shown?.next;
  return (
    <section class="card" aria-labelledby="audit">
      <header class="card-head">
        <PageTitle sub={t('auditSub')}>
          <span id="audit">{t('audit')}</span>
        </PageTitle>
        <Chain />
      </header>
      <Filter onFilter={(who, command) => setFilter({ who, command })} />
      <Fault text={acting.fault} />
      {shown?.items.length === 0 && <p class="empty">{t('auditNone')}</p>}
      {!!shown?.items.length && (
        <div class="scroll" tabIndex={0} role="region" aria-label={t('audit')}>
          <table class="audit-table">
            <thead>
              <tr>
                <th>{t('auditWhen')}</th>
                <th>{t('auditWho')}</th>
                <th>{t('auditCommand')}</th>
                <th>{t('auditOutcome')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.items.map((entry) => (
                <Row key={entry.seq} status={status} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next && (
        <p class="empty">
          <Button disabled={acting.busy} onClick={() => void read(next)}>
            {t('auditMore')}
          </Button>
        </p>
      )}
    </section>
  );
}
