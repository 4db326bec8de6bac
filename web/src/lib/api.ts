// SPDX-License-Identifier: Apache-2.0
import { askPerson, enter, me, type Me, turnedAway } from './session';
import type { Report } from './types';

// What the daemon answered when it said no, or that it did not answer (status 0).
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly more: { code?: string; field?: string; retry_s?: number; report?: Report; current?: unknown } = {},
  ) {
    super(message);
  }
}

interface Fault {
  error?: { code?: string; message?: string; field?: string; retry_s?: number };
  report?: Report;
  current?: unknown; // how it stands, when it is not what the person saw
}

function refusal(status: number, body: unknown): Refusal {
  const { error, report, current } = (body ?? {}) as Fault;
  return new Refusal(status, error?.message ?? `HTTP ${status}`, { ...error, report, current });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Loopback pages may lack crypto.randomUUID on plain http beyond localhost.
export function key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

interface Call {
  method: string;
  path: string;
  body?: object;
  key?: string;
  seen?: string; // the version that the person looked at
  secret?: string; // of a link: then it is all that is shown, and no cookie goes along
  patience?: number; // ms until the answer begins; READ_MS or WRITE_MS when not given
}

function headersOf(call: Call): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  const csrf = call.secret ? '' : me.get()?.csrf;
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.seen) headers['If-Match'] = `"${call.seen}"`;
  if (call.secret) headers.Authorization = `Bearer ${call.secret}`;
  if (call.key) headers['Idempotency-Key'] = call.key;
  if (call.method !== 'GET' && csrf) headers['Usine-Csrf'] = csrf;
  return headers;
}

// How long an answer may take to begin, and then to come. Networks, proxies and browsers lose requests without a word: who
// reads asks again; what a person did is said to be unanswered, and may be tried again.
const READ_MS = 20000;
const WRITE_MS = 60000;
const WORK_MS = 120000; // what the daemon works out first: small computers take their time for a forecast
const REST_MS = 60000;
const STILL_MS = 180000; // an upload of which nothing moves: a small computer may think long about a large file

// take: what is wanted of the answer when it is no refusal.
async function once<T>(call: Call, take: (answer: Response) => Promise<T> = async (answer) => parse(await answer.text()) as T): Promise<T> {
  const giveUp = new AbortController();
  const within = (ms: number) => window.setTimeout(() => giveUp.abort(), ms);
  let limit = within(call.patience ?? (call.method === 'GET' ? READ_MS : WRITE_MS));
  try {
    const answer = await fetch(call.path, { method: call.method, headers: headersOf(call), body: call.body && JSON.stringify(call.body), cache: 'no-store', credentials: call.secret ? 'omit' : 'same-origin', signal: giveUp.signal });
    window.clearTimeout(limit);
    limit = within(REST_MS);
    if (answer.ok) return await take(answer);
    throw refusal(answer.status, parse(await answer.text()));
  } catch (caught) {
    throw caught instanceof Refusal ? caught : new Refusal(0, '');
  } finally {
    window.clearTimeout(limit);
  }
}

// A 401 that names a field says that a password, PIN or code is wrong; one without says that nobody is known any more.
const isNobody = (fault: Refusal) => fault.status === 401 && fault.more.field === undefined;

// What can be put right so that the call may be repeated: false when nothing.
async function mend(fault: Refusal, asks: boolean): Promise<boolean> {
  const code = fault.more.code;
  if (isNobody(fault)) turnedAway(code === 'no_admin');
  if (!asks) return false;
  if (code === 'csrf') return whoAmI().then(() => true);
  if (code === 'reauthenticate') return askPerson(me.get()?.kind === 'pin' ? 'pin' : 'password');
  if (code === 'pin') return askPerson('pin');
  return isNobody(fault) && code !== 'no_admin' ? askPerson('login') : false;
}

// Makes a call, and again once what it was refused for has been put right; each reason once.
async function insist<T>(make: () => Promise<T>, asks: boolean): Promise<T> {
  const met = new Set<string>();
  for (;;) {
    try {
      return await make();
    } catch (caught) {
      const code = caught instanceof Refusal ? (caught.more.code ?? '') : '';
      if (!(caught instanceof Refusal) || met.has(code) || !(await mend(caught, asks))) throw caught;
      met.add(code);
    }
  }
}

// Reading asks nobody anything: it goes on by itself, and a question must follow an act.
export const get = <T>(path: string) => insist(() => once<T>({ method: 'GET', path }), false);
export const getWorkedOut = <T>(path: string) => insist(() => once<T>({ method: 'GET', path, patience: WORK_MS }), false);
export const getFile = (path: string) => insist(() => once({ method: 'GET', path, patience: WORK_MS }, (answer) => answer.blob()), false);
export const patch = <T>(path: string, body: object, seen?: string) => insist(() => once<T>({ method: 'PATCH', path, body, seen }), true);
export const remove = <T>(path: string, seen?: string) => insist(() => once<T>({ method: 'DELETE', path, seen }), true);

// What was never answered may have been done. Tried again from the same form it goes under the same key, and is done once; with
// other values the daemon refuses it under that key, and says so. A form that is closed forgets; so do ten minutes.
const unanswered = new Map<string, { key: string; until: number }>();
const UNSURE_MS = 600000;
export const forgetUnanswered = () => unanswered.clear();

function keyFor(path: string): string {
  const before = unanswered.get(path);
  return before && before.until > Date.now() ? before.key : key();
}

export async function post<T>(path: string, body: object = {}, seen?: string): Promise<T> {
  const call = { method: 'POST', path, body, key: keyFor(path), seen };
  unanswered.delete(path);
  try {
    return await insist(() => once<T>(call), true);
  } catch (caught) {
    if (caught instanceof Refusal && caught.status === 0) unanswered.set(path, { key: call.key, until: Date.now() + UNSURE_MS });
    throw caught;
  }
}

// For who came by a link that is all they have: nobody is asked anything, and nobody's page is closed.
export const bearing = (secret: string) => ({
  get: <T>(path: string) => once<T>({ method: 'GET', path, secret }),
  post: <T>(path: string, body: object) => once<T>({ method: 'POST', path, body, secret }),
  remove: (path: string) => once<unknown>({ method: 'DELETE', path, secret }),
});

// For getting in: a refusal is the answer, and nobody is asked. The answer says who one is now.
export async function knock(path: string, body: object): Promise<Me> {
  const now = await once<Me>({ method: 'POST', path, body });
  enter(now);
  return now;
}

export async function whoAmI(): Promise<Me> {
  try {
    const now = await once<Me>({ method: 'GET', path: '/api/v1/me' });
    enter(now);
    return now;
  } catch (caught) {
    if (caught instanceof Refusal && isNobody(caught)) turnedAway(caught.more.code === 'no_admin');
    throw caught;
  }
}

export const machinePath = (id: string, word?: string) =>
  `/api/v1/machines/${encodeURIComponent(id)}${word ? `/${word}` : ''}`;

export function query(values: Record<string, string | number | undefined>): string {
  const parts = new URLSearchParams();
  Object.entries(values).forEach(([name, value]) => {
    if (value !== undefined && value !== '') parts.append(name, String(value));
  });
  const text = parts.toString();
  return text ? `?${text}` : '';
}

// fetch cannot say how many bytes have gone out; XMLHttpRequest can.
function send<T>(path: string, file: Blob, sent: (bytes: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const timer = { id: 0 };
    const alive = () => {
      window.clearTimeout(timer.id);
      timer.id = window.setTimeout(() => request.abort(), STILL_MS);
    };
    request.open('POST', path);
    Object.entries(headersOf({ method: 'POST', path })).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => {
      alive();
      sent(event.loaded);
    };
    request.onerror = request.onabort = () => reject(new Refusal(0, ''));
    request.onloadend = () => window.clearTimeout(timer.id);
    request.onload = () => {
      const read = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(read as T);
      else reject(refusal(request.status, read));
    };
    alive();
    request.send(file);
  });
}

export const upload = <T>(path: string, file: Blob, sent: (bytes: number) => void) => insist(() => send<T>(path, file, sent), true);
