// SPDX-License-Identifier: Apache-2.0
// Whether the person is still there. A session ends when nobody has touched any of its pages for a while: what pages
// read by themselves keeps it open at the daemon, so the page ends it. While somebody types, the daemon is told.
import { Refusal, whoAmI } from './api';
import { goAway } from './me';
import { now } from './format';
import { door, me, turnedAway } from './session';
import { createStore, recall, remember } from './store';

const CHECK_MS = 1000;
const TELL_MS = 60000;
const WARN_MS = 120000;
const KEEP_MS = 3000; // how often a gesture is written down for the other tabs

const seen = { act: Date.now(), told: Date.now(), ending: false };

export interface Leaving {
  seconds: number;
  idle: boolean; // a gesture puts it off; else the session's longest time is over
}

// How long the session lasts, once its end is near.
export const leaving = createStore<Leaving | null>(null);

function touched(): void {
  const at = Date.now();
  if (at - seen.act > KEEP_MS) remember('act', at);
  seen.act = at;
}

export function stay(): void {
  touched();
  leaving.set(null);
  void tell();
}

async function tell(): Promise<void> {
  seen.told = Date.now();
  try {
    await whoAmI();
  } catch {
    /* the door says so */
  }
}

async function end(): Promise<void> {
  seen.ending = true;
  try {
    await goAway();
  } catch (caught) {
    if (caught instanceof Refusal && caught.status === 401) turnedAway(false);
  }
  seen.ending = false;
  leaving.set(null);
}

function check(): void {
  const who = me.get();
  if (door.get() !== 'open' || seen.ending || !who?.idle_s) {
    leaving.set(null);
    return;
  }
  const act = Math.max(seen.act, recall('act', 0));
  const idle = act + who.idle_s * 1000 - Date.now();
  const life = who.expires ? Date.parse(who.expires) - now() : idle;
  const left = Math.min(idle, life);
  if (left <= 0) void end();
  else if (left < Math.min(WARN_MS, who.idle_s * 400)) leaving.set({ seconds: Math.ceil(left / 1000), idle: idle < life });
  else leaving.set(null);
  if (act > seen.told && Date.now() - seen.told > TELL_MS) void tell();
}

// Call once.
export function attend(): void {
  window.addEventListener('pointerdown', touched, true);
  window.addEventListener('keydown', touched, true);
  window.addEventListener('wheel', touched, { capture: true, passive: true });
  window.setInterval(check, CHECK_MS);
}
