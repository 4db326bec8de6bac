// SPDX-License-Identifier: Apache-2.0
// Forms: what the daemon refused stands beside its field, in the person's language where the reason is known.
import { useEffect, useState } from 'preact/hooks';
import { Refusal } from './api';
import { words } from './acts';
import { duration } from './format';
import { sentence } from './said';
import { type Key, t } from './words';

export interface Wrong {
  field: string; // "" : the whole form
  text: string;
}

const short = (seconds: number) => (seconds < 60 ? t('seconds', { n: seconds }) : duration(seconds));

// What a refusal of a field means, by its code; other words are the daemon's own.
const KNOWN: Record<string, Key> = {
  'unauthorized password': 'wrongPassword',
  'unauthorized old': 'wrongOld',
  'unauthorized pin': 'wrongPin',
  'unauthorized code': 'codeOver',
  'invalid password': 'passwordGuessed',
  'invalid pin': 'pinBad',
  'invalid login': 'loginBad',
  'refused login': 'loginTaken',
};

export function wrongOf(caught: unknown): Wrong {
  if (!(caught instanceof Refusal)) throw caught;
  const { code, field = '', retry_s } = caught.more;
  const known = KNOWN[`${code} ${field}`];
  if (code === 'too_many') return { field: '', text: t('tooMany', { time: short(retry_s ?? 1) }) };
  if (known) return { field, text: t(known) };
  return { field, text: field ? sentence(caught.message) : words(caught) };
}

// Of jobs and orders, for a choice: 9 goes first.
export const PRIORITIES: [string, string][] = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => [String(n), String(n)]);

// A whole number of pieces, as the daemon takes it.
export const isCount = (text: string, least = 1) => /^\d{1,7}$/.test(text.trim()) && Number(text) >= least;

export interface Form {
  busy: boolean;
  wait: number; // seconds until a next try
  wrong: Wrong | null;
  stale: unknown; // how it stands now, when somebody else changed it meanwhile
  faultOf: (field: string) => string;
  check: (found: Wrong | null) => boolean;
  send: (act: () => Promise<void>) => Promise<boolean>;
}

// Seconds that still have to go by after too many tries; the text counts them down.
function useWait(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [, again] = useState(0);
  useEffect(() => {
    if (!until) return undefined;
    const timer = window.setInterval(() => (Date.now() < until ? again((n) => n + 1) : setUntil(0)), 500);
    return () => window.clearInterval(timer);
  }, [until]);
  return [until ? Math.max(1, Math.ceil((until - Date.now()) / 1000)) : 0, (seconds) => setUntil(Date.now() + seconds * 1000)];
}

// fields: those with a place of their own for a fault; any other fault stands at the form's foot, as field "".
export function useForm(fields: string[]): Form {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [stale, setStale] = useState<unknown>(null);
  const [wait, setWait] = useWait();
  const placed = (found: Wrong) => (fields.includes(found.field) ? found : { ...found, field: '' });
  const tell = (found: Wrong | null) => {
    setWrong(found && placed(found));
    if (found?.field) document.querySelector<HTMLElement>(`[name="${found.field}"]`)?.focus();
  };
  const send = async (act: () => Promise<void>) => {
    setBusy(true);
    setWrong(null);
    setStale(null);
    try {
      await act();
      return true;
    } catch (caught) {
      const old = caught instanceof Refusal && caught.more.code === 'stale' ? caught.more.current : undefined;
      if (old) setStale(old);
      else tell(wrongOf(caught));
      if (caught instanceof Refusal && caught.more.code === 'too_many') setWait(caught.more.retry_s ?? 1);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    wait,
    stale,
    wrong: wait ? { field: '', text: t('tooMany', { time: short(wait) }) } : wrong,
    faultOf: (field) => (!wait && wrong?.field === field ? wrong.text : ''),
    check: (found) => {
      setStale(null);
      tell(found);
      return found === null;
    },
    send,
  };
}
