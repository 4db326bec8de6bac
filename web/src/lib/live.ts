// SPDX-License-Identifier: Apache-2.0
// What the factory says, live. While the page is visible an event stream is open; where it does not come, the status is
// asked every few seconds. Hidden pages hold no connection (a browser allows six an origin, so six tabs would block).
import { get, whoAmI } from './api';
import { mayAnywhere } from './may';
import { door, me } from './session';
import { createStore, recall, remember } from './store';
import type { Config, Machine, Progress, Status, Today } from './types';

export interface Live {
  status: Status | null;
  at: number; // local clock: when the status was last true; 0: never
  skew: number; // the daemon's clock minus ours, ms
  link: 'joining' | 'live' | 'polled' | 'lost';
  lostAt: number; // local clock
  nextTry: number; // local clock
}

const KEEP_EVERY_MS = 30000;
const POLL_MS = 5000;
const SILENCE_MS = 40000; // the daemon pings every 15 s
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];

interface Kept {
  status: Status;
  at: number;
}

const kept = recall<Kept | null>('last', null);

export const live = createStore<Live>({
  status: kept?.status ?? null,
  at: kept?.at ?? 0,
  skew: 0,
  link: 'joining',
  lostAt: 0,
  nextTry: 0,
});

export const config = createStore<Config | null>(recall<Config | null>('config', null));

// Counted up whenever jobs, runs or counts may have changed: pages that show lists read again.
export const changes = createStore(0);

const link = {
  source: null as EventSource | null,
  timer: 0,
  watch: 0,
  tries: 0,
  keptAt: 0,
  streamFailed: 0,
  reading: false, // the config is on its way
  first: null as Promise<Status | null> | null, // the state asked for beside the question who this is
};

function change(values: Partial<Live>): void {
  live.set({ ...live.get(), ...values });
}

function keep(status: Status, at: number): void {
  if (at - link.keptAt < KEEP_EVERY_MS) return;
  link.keptAt = at;
  remember('last', { status, at });
}

function heard(status: Status, how: 'live' | 'polled', skew = live.get().skew): void {
  const at = Date.now();
  if (door.get() !== 'open') return; // on its way when the person left
  keep(status, at);
  link.tries = 0;
  change({ status, at, skew, link: how, lostAt: 0, nextTry: 0 });
}

function whole(status: Status, how: 'live' | 'polled'): void {
  heard(status, how, Date.parse(status.at) - Date.now());
  changes.set(changes.get() + 1);
  if (config.get() === null) void readConfig();
  if (me.get()?.csrf === '') void again(); // the page opened without a link
}

function some(items: Machine[]): void {
  const status = live.get().status;
  if (!status) return;
  const news = new Map(items.map((machine) => [machine.id, machine]));
  heard({ ...status, machines: status.machines.map((machine) => news.get(machine.id) ?? machine) }, 'live');
}

// Counters and readings of machines that are else as before.
function moved(items: Progress[]): void {
  const status = live.get().status;
  if (!status) return;
  const news = new Map(items.map((item) => [item.id, item]));
  const machines = status.machines.map((machine) => {
    const item = news.get(machine.id);
    if (!item) return machine;
    const { line, progress, eta_s, ...readings } = item;
    const run = machine.run && line !== undefined ? { ...machine.run, line, progress: progress ?? null, eta_s: eta_s ?? null } : machine.run;
    return { ...machine, ...readings, run };
  });
  heard({ ...status, machines }, 'live');
}

function counted(today: Today): void {
  const status = live.get().status;
  if (status) heard({ ...status, today }, 'live');
  changes.set(changes.get() + 1);
}

// Who it is may have changed: a session ended, a role was taken away.
async function again(): Promise<void> {
  try {
    await whoAmI();
  } catch {
    /* the door or the link says so */
  }
}

async function readConfig(): Promise<void> {
  if (link.reading || !mayAnywhere('technician')) return;
  link.reading = true;
  try {
    const read = await get<Config>('/api/v1/config');
    if (door.get() !== 'open') return;
    config.set(read);
    remember('config', read);
  } catch {
    /* pages show ids and the browser's zone until it comes */
  } finally {
    link.reading = false;
  }
}

function lost(): void {
  const wait = RETRY_MS[Math.min(link.tries++, RETRY_MS.length - 1)] ?? 15000;
  const now = Date.now();
  change({ link: 'lost', lostAt: live.get().lostAt || now, nextTry: now + wait });
  later(wait);
}

function later(ms: number): void {
  window.clearTimeout(link.timer);
  link.timer = window.setTimeout(join, ms);
}

function leave(): void {
  link.source?.close();
  link.source = null;
  window.clearTimeout(link.timer);
  window.clearTimeout(link.watch);
}

async function poll(): Promise<void> {
  try {
    whole(await get<Status>('/api/v1/status'), 'polled');
    later(POLL_MS);
  } catch {
    if (door.get() === 'open') lost();
  }
}

// A stream that says nothing for long is a dead one: proxies keep it open.
function watch(): void {
  window.clearTimeout(link.watch);
  link.watch = window.setTimeout(() => {
    leave();
    void poll();
  }, SILENCE_MS);
}

function listen(source: EventSource): void {
  const on = (name: string, take: (data: unknown) => void) =>
    source.addEventListener(name, (event) => {
      link.streamFailed = 0;
      watch();
      take(JSON.parse((event as MessageEvent<string>).data));
    });

  on('snapshot', (data) => whole(data as Status, 'live'));
  on('machines', (data) => some((data as { items: Machine[] }).items));
  on('progress', (data) => moved((data as { items: Progress[] }).items));
  on('today', (data) => counted(data as Today));
  on('log', () => undefined);
}

function join(): void {
  leave();
  if (document.visibilityState === 'hidden' || door.get() !== 'open') return;
  if (link.streamFailed >= 3 && link.streamFailed++ % 10 !== 0) {
    void poll();
    return;
  }
  const source = new EventSource('/api/v1/events');
  link.source = source;
  listen(source);
  watch();
  source.onerror = () => {
    if (link.source !== source) return;
    leave();
    link.streamFailed++;
    void again();
    void poll();
  };
}

// Asks anew at once: after one's own act, nobody should wait for the next news.
export async function refresh(): Promise<void> {
  try {
    const how = live.get().link === 'live' ? 'live' : 'polled';
    whole(await get<Status>('/api/v1/status'), how);
  } catch {
    /* the link's own clock notices */
  }
}

// What was asked for before it was known who this is; the stream may have been faster.
async function takeFirst(): Promise<void> {
  const status = await link.first;
  link.first = null;
  if (status && live.get().link !== 'live') whole(status, 'polled');
}

// Starts following, as long as somebody is logged in; call once. index.html has the first state fetched while this program
// still comes: over a slow link the stream's answer would be two rounds later.
export function follow(): void {
  link.first = get<Status>('/api/v1/status').catch(() => null);
  door.follow(() => {
    join();
    if (door.get() !== 'open') return;
    void readConfig();
    void takeFirst();
  });
  document.addEventListener('visibilitychange', join);
  window.addEventListener('online', join);
  window.addEventListener('offline', () => {
    leave();
    lost();
  });
}
