// SPDX-License-Identifier: Apache-2.0
// What stands around every page: names of the pages, state of the link, the emergency stop.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { byWait, face, waitsForPerson } from '../lib/face';
import { clock, clockSeconds, tick } from '../lib/format';
import { live } from '../lib/live';
import { may, mayAnywhere, toReceive } from '../lib/may';
import { machineName } from '../lib/names';
import { place } from '../lib/router';
import { asked, me } from '../lib/session';
import { useStore } from '../lib/store';
import { newer } from '../lib/update';
import type { Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Link } from './basic';
import { Icon, type IconName } from './icons';
import { SessionStrip, TabletStrip } from './presence';
import { StopButton } from './stop';
import { Toasts } from './toast';

const LOST_AFTER_MS = 3000;

// prettier-ignore
const PAGES: { to: string; word: Key; icon: IconName; phone: boolean; may?: () => boolean }[] = [
  { to: '/', word: 'today', icon: 'today', phone: true },
  { to: '/machines', word: 'machines', icon: 'machines', phone: true },
  { to: '/queue', word: 'queue', icon: 'queue', phone: true },
  { to: '/programs', word: 'programs', icon: 'programs', phone: true },
  { to: '/stock', word: 'stock', icon: 'sheet', phone: false },
  { to: '/production', word: 'production', icon: 'today', phone: false },
  { to: '/technical', word: 'technical', icon: 'wrench', phone: false, may: () => mayAnywhere('technician') },
  { to: '/admin', word: 'admin', icon: 'lock', phone: false, may: () => may('admin') },
  { to: '/more', word: 'more', icon: 'down', phone: true },
];

interface Waits {
  machines: number;
  receive: number; // declarations
}

const isHere = (to: string, path: string) => (to === '/' ? path === '/' : path.startsWith(to));

// What waits for a person behind a page; on a phone the stock is behind "more".
const countOf = (to: string, waits: Waits) => (to === '/machines' ? waits.machines : to === '/stock' ? waits.receive : to === '/more' ? waits.receive : 0);

function Pages({ waits }: { waits: Waits }) {
  const { path } = useStore(place);
  return (
    <nav class="pages" aria-label={t('pages')}>
      {PAGES.filter((page) => page.may?.() ?? true).map(({ to, word, icon, phone }) => (
        <Link key={to} to={to} class={phone ? '' : 'wide'} aria-current={isHere(to, path) ? 'page' : undefined}>
          <Icon name={icon} size={22} />
          <span>{t(word)}</span>
          {countOf(to, waits) > 0 && (
            <b class={to === '/more' ? 'count phone-only' : 'count'}>
              <span aria-hidden={to !== '/machines'}>{countOf(to, waits)}</span>
              {to !== '/machines' && <span class="unseen"> {t('waitingReceive', { n: countOf(to, waits) })}</span>}
            </b>
          )}
        </Link>
      ))}
    </nav>
  );
}

function LinkState() {
  const now = useStore(live);
  if (now.link === 'lost' || now.at === 0) return <span class="link">{t('joining')}</span>;
  return (
    <span class="link">
      <i class={now.link === 'live' ? 'dot' : 'dot polled'} aria-hidden="true" />
      {t('upToDate', { time: clockSeconds(now.at + now.skew) })}
    </span>
  );
}

function Person() {
  const who = useStore(me);
  if (who?.kind !== 'person') return null;
  return (
    <Link to="/account" class="me" aria-label={`${t('account')} : ${who.name}`}>
      {who.name}
    </Link>
  );
}

// Amber and in words, once the link is gone for more than three seconds.
function LostStrip() {
  const now = useStore(live);
  const [, again] = useState(0);
  const lost = now.link === 'lost';
  useEffect(() => {
    if (!lost) return undefined;
    const timer = window.setInterval(() => again((n) => n + 1), 1000);
    return () => window.clearInterval(timer);
  }, [lost]);
  if (!lost || Date.now() - now.lostAt < LOST_AFTER_MS) return null;
  const seconds = Math.max(0, Math.ceil((now.nextTry - Date.now()) / 1000));
  return (
    <p class="lost" role="status">
      <Icon name="off" />
      <span>
        {now.at ? `${t('lostSince', { time: clock(now.at + now.skew) })} ${t('lostOld')}` : t('lostNever')}{' '}
        <span aria-hidden="true">{t('lostRetry', { n: seconds })}</span>
      </span>
    </p>
  );
}

function NewerStrip() {
  if (!useStore(newer)) return null;
  return (
    <div class="lost" role="status">
      <Icon name="up" />
      <span>{t('newerPages')}</span>
      <Button kind="main" onClick={() => location.reload()}>
        {t('reloadPage')}
      </Button>
    </div>
  );
}

// The machines are emulated: nobody must take these pieces for real ones.
function TrainingStrip({ status }: { status: Status | null }) {
  if (!status?.training) return null;
  return (
    <p class="lost">
      <Icon name="machines" />
      <span>{t('trainingStrip', { pace: status.training })}</span>
    </p>
  );
}

// One polite region a page: at most one message every 10 s, only when more machines wait than before.
function Spoken({ status }: { status: Status | null }) {
  const [text, setText] = useState('');
  const [last, setLast] = useState({ waiting: -1, at: 0 });
  const waiting = status?.machines.filter(waitsForPerson) ?? [];
  const locked = waiting.filter((machine) => face(machine).family === 'lock').sort(byWait)[0];
  useEffect(() => {
    if (!status || Date.now() - last.at < 10000) return;
    if (last.waiting >= 0 && waiting.length > last.waiting) setText(t('sayNew', { n: waiting.length }));
    setLast({ waiting: waiting.length, at: Date.now() });
  }, [waiting.length, status?.at]);
  return (
    <>
      <p class="unseen" role="status">
        {text}
      </p>
      <p class="unseen" role="alert">
        {locked && t('sayLocked', { machine: machineName(status, locked) })}
      </p>
    </>
  );
}

export function Shell({ children }: { children: ComponentChildren }) {
  const { status } = useStore(live);
  const asking = useStore(asked) !== null;
  useStore(tick);
  const waiting = status?.machines.filter(waitsForPerson).length ?? 0;
  return (
    <>
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      <header class="top">
        <Link to="/" class="brand">
          <i aria-hidden="true" />
          Usine
        </Link>
        <Pages waits={{ machines: waiting, receive: toReceive(status?.sites ?? []) }} />
        <LinkState />
        <Person />
        {mayAnywhere('operator') && <StopButton />}
      </header>
      <LostStrip />
      <TrainingStrip status={status} />
      <NewerStrip />
      <SessionStrip />
      <TabletStrip />
      <main id="content" tabIndex={-1} inert={asking}>
        {children}
      </main>
      <Toasts />
      <Spoken status={status} />
    </>
  );
}

export function PageTitle({ children, sub }: { children: ComponentChildren; sub?: ComponentChildren }) {
  return (
    <header class="page-title">
      <h1 tabIndex={-1}>{children}</h1>
      {sub && <p class="second">{sub}</p>}
    </header>
  );
}
