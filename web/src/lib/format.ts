// SPDX-License-Identifier: Apache-2.0
// Numbers, durations and times, all through Intl, in the person's language and the factory's zone.
import { config, live } from './live';
import { createStore } from './store';
import { language, t } from './words';

export const UNKNOWN = '—';

// A clock that components follow: ages count up without any word from the daemon.
export const tick = createStore(Date.now());
window.setInterval(() => tick.set(Date.now()), 15000);

// The daemon's clock now, ms.
export const now = () => Date.now() + live.get().skew;

const locale = () => (language.get() === 'fr' ? 'fr-FR' : 'en-GB');

export const zone = () => live.get().status?.timezone ?? config.get()?.timezone ?? undefined;

export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

export function percent(share: number | null | undefined, digits = 0): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return UNKNOWN;
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: digits }).format(share);
}

const unit = (value: number, name: string, digits = 0) =>
  new Intl.NumberFormat(locale(), { style: 'unit', unit: name, maximumFractionDigits: digits }).format(value);

export function degrees(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return unit(Math.round(value), 'celsius');
}

export function grams(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return value >= 1000 ? unit(value / 1000, 'kilogram', 1) : unit(Math.round(value), 'gram');
}

export function bytes(value: number): string {
  if (value < 1000) return unit(value, 'byte');
  if (value < 1e6) return unit(value / 1000, 'kilobyte');
  return unit(value / 1e6, 'megabyte', 1);
}

// 4 min, 2 h 14, 3 j 4 h
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return UNKNOWN;
  const minutes = Math.max(0, Math.floor(seconds / 60));
  if (minutes < 1) return t('underMinute');
  if (minutes < 60) return t('minutes', { n: number(minutes) });
  const hours = Math.floor(minutes / 60);
  const rest = String(minutes % 60).padStart(2, '0');
  if (hours < 24) return t('hoursMinutes', { h: number(hours), m: rest });
  return t('daysHours', { d: number(Math.floor(hours / 24)), h: number(hours % 24) });
}

// How long ago that was, by the daemon's clock.
export function age(since: string | null | undefined): string {
  if (!since) return UNKNOWN;
  const seconds = (now() - Date.parse(since)) / 1000;
  return seconds < 60 ? t('justNow') : duration(seconds);
}

// "depuis 27 min", "à l’instant".
export function lasting(since: string | null | undefined): string {
  return ageMs(since) < 60000 ? t('justNow') : t('since', { age: age(since) });
}

// "il y a 27 min", "à l’instant".
export const ago = (at: string | null | undefined) => (ageMs(at) < 60000 ? t('justNow') : t('ago', { age: age(at) }));

export const ageMs = (since: string | null | undefined) => (since ? Math.max(0, now() - Date.parse(since)) : 0);

function dated(at: number | string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { timeZone: zone(), ...options }).format(new Date(at));
}

export const clock = (at: number | string) => dated(at, { hour: '2-digit', minute: '2-digit' });
export const clockSeconds = (at: number | string) =>
  dated(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const day = (at: number | string) => dated(at, { weekday: 'long', day: 'numeric', month: 'long' });
export const shortDay = (at: number | string) => dated(at, { weekday: 'short', day: 'numeric', month: 'short' });

// The factory's calendar day, as 2020-04-07.
export function isoDay(at: number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone(),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(at));
}

// Minutes since midnight, and the weekday (0 is Sunday), where the factory is.
export function wallTime(at: number): { minute: number; weekday: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone(),
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '0';
  return {
    minute: Number(of('hour')) * 60 + Number(of('minute')),
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(of('weekday')),
  };
}

// "2 h" for an axis; "08:30" off the hour.
export function hourMark(minute: number): string {
  const hour = Math.floor(minute / 60);
  if (minute % 60 === 0) return t('hourMark', { h: number(hour) });
  return `${String(hour).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

// When it is 15:13 today or another day: "15:13", "lun. 6 avr. 15:13".
export function when(at: string | null | undefined): string {
  if (!at) return UNKNOWN;
  return isoDay(Date.parse(at)) === isoDay(now()) ? clock(at) : `${shortDay(at)} ${clock(at)}`;
}
