// SPDX-License-Identifier: Apache-2.0
// For a TV, read from five metres: a fixed canvas of 1920 × 1080 scaled to the screen; no names of people, no control.
import { useEffect, useState } from 'preact/hooks';
import { closed, countedPart, dayOf, projection, readCurve } from '../lib/day';
import { byWait, face, waitsForPerson } from '../lib/face';
import { age, clock, duration, now, number } from '../lib/format';
import { badgeOf, machineName, partName } from '../lib/names';
import { config, live } from '../lib/live';
import { useRead } from '../lib/read';
import { useStore } from '../lib/store';
import { newer } from '../lib/update';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { DayCurve } from '../parts/curve';
import { Icon } from '../parts/icons';
import { Glyph } from '../parts/tiles';
import { chosenPart } from './today';

const WIDE = 1920;
const HIGH = 1080;
const ROWS = 5;
const OLD_MS = 30000;
const SHIFT_MS = 600000;
const SHIFTS = [0, 2, 0, -2];

function useScale(): number {
  const size = () => Math.min(window.innerWidth / WIDE, window.innerHeight / HIGH);
  const [scale, setScale] = useState(size);
  useEffect(() => {
    const on = () => setScale(size());
    window.addEventListener('resize', on);
    return () => window.removeEventListener('resize', on);
  }, []);
  return scale;
}

// Moves everything by 2 px now and then, for screens that burn in.
function useShift(): number {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setAt((n) => (n + 1) % SHIFTS.length), SHIFT_MS);
    return () => window.clearInterval(timer);
  }, []);
  return SHIFTS[at] ?? 0;
}

function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = () => {
      if (document.visibilityState === 'visible')
        navigator.wakeLock?.request('screen').then(
          (got) => (lock = got),
          () => undefined,
        );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}

// Nobody stands at a wall to press a button.
function useUpdate(): void {
  const changed = useStore(newer);
  useEffect(() => {
    if (changed) location.reload();
  }, [changed]);
}

function Waiting({ status }: { status: Status }) {
  const waiting = status.machines.filter(waitsForPerson).sort(byWait);
  return (
    <section class="wall-waiting">
      <header>
        <h2>
          {waiting.length === 0 ? (
            t('wallNone')
          ) : (
            <>
              <b>{number(waiting.length)}</b> {t('waitSomeone', { n: waiting.length })}
            </>
          )}
        </h2>
        <p>{clock(now())}</p>
      </header>
      <ul>
        {waiting.slice(0, ROWS).map((machine) => {
          const shown = face(machine);
          return (
            <li key={machine.id}>
              <span class={`chip ${shown.family}`}>
                <Icon name={shown.icon} size={36} />
              </span>
              <span class="wall-who">
                {machineName(status, machine)} <span class={`state ${shown.family}`}>{t(shown.word).toLowerCase()}</span>
              </span>
              <b>{age(machine.since)}</b>
            </li>
          );
        })}
      </ul>
      {waiting.length > ROWS && <p class="wall-more">{t('andOthers', { n: waiting.length - ROWS })}</p>}
    </section>
  );
}

function Figure({ status }: { status: Status }) {
  const known = status.parts?.map((part) => part.id) ?? useStore(config)?.parts ?? [];
  const part = countedPart(status, known, useStore(chosenPart));
  const good = status.today.good[part] ?? 0;
  const target = status.today.target;
  const day = dayOf(status.sites, now());
  const end = projection(day, good);
  const curve = useRead(() => readCurve(part), { points: [], exact: true }, part);
  const missing = end === null ? 0 : target - end;
  return (
    <section class="wall-figure">
      <h1>{t('wallToday', { part: partName(status, part) })}</h1>
      <p class="wall-big">
        <b>{number(good)}</b> <span>{t('perDay', { n: number(target) })}</span>
      </p>
      <p class="wall-answer">
        {end === null ? t('noProjection') : t('projected', { n: number(end) })} {missing > 0 && <span>{t('wallShort', { n: number(missing) })}</span>}
      </p>
      <DayCurve bare height={330} data={{ label: partName(status, part), day, points: closed(curve, day, good), good, target, end }} />
    </section>
  );
}

function Sites({ status }: { status: Status }) {
  return (
    <ul class="wall-sites">
      {status.sites.map((site) => (
        <li key={site.id}>
          <p>{badgeOf(status, site.id)}</p>
          <div>
            {status.machines
              .filter((machine) => machine.site === site.id)
              .map((machine) => (
                <Glyph key={machine.id} status={status} machine={machine} size={34} />
              ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function WallPage() {
  const { status, at } = useStore(live);
  const scale = useScale();
  const shift = useShift();
  const [, again] = useState(0);
  useAwake();
  useUpdate();
  useEffect(() => {
    const old = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = new URLSearchParams(location.search).has('clair') ? 'light' : 'dark';
    const timer = window.setInterval(() => again((n) => n + 1), 5000);
    return () => {
      window.clearInterval(timer);
      if (old) document.documentElement.dataset.theme = old;
      else document.documentElement.removeAttribute('data-theme');
    };
  }, []);
  const old = at > 0 && Date.now() - at > OLD_MS;
  return (
    <div class="wall-room">
      <main class="wall-canvas" style={{ transform: `translate(${shift}px, ${shift}px) scale(${scale})` }}>
        {old && <p class="wall-old" role="alert">{t('wallOld', { age: duration((Date.now() - at) / 1000) })}</p>}
        {status ? (
          <>
            <Figure status={status} />
            <Waiting status={status} />
            <Sites status={status} />
          </>
        ) : (
          <h1 class="wall-more">{t('noData')}</h1>
        )}
      </main>
    </div>
  );
}
