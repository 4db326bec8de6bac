// SPDX-License-Identifier: Apache-2.0
// Who this browser is to the daemon, and what a page asks a person before a refused call is repeated. Only stores: the
// API writes them, pages follow them.
import { createStore, recall, remember } from './store';

export type Role = 'viewer' | 'operator' | 'technician' | 'coordinator' | 'admin';

export interface Me {
  kind: 'person' | 'pin' | 'tablet' | 'token' | 'local';
  login: string;
  name: string;
  language: 'fr' | 'en' | null;
  role: Role;
  roles: Record<string, Role>; // by site; "*" is every site
  site: string | null; // a tablet's
  tablet: string | null;
  csrf: string;
  fresh_until?: string | null;
  expires?: string;
  idle_s?: number;
  pin: boolean;
}

// joining: not known yet. shut: nobody is logged in. empty: nobody has an account yet. ended: somebody was logged in
// until now, and their page stays.
export type Door = 'joining' | 'open' | 'shut' | 'empty' | 'ended';

// Kept without its csrf: without a link, the last state is shown as this person may see it.
export const me = createStore<Me | null>(recall<Me | null>('me', null));
export const door = createStore<Door>('joining');

export type Question = 'login' | 'password' | 'pin';

export interface Asked {
  what: Question;
  answer: (given: boolean) => void;
}

// What is asked now, above the page.
export const asked = createStore<Asked | null>(null);

const waiting = { promise: null as Promise<boolean> | null };

// Several calls may be refused at once: all wait for the same answer.
export function askPerson(what: Question): Promise<boolean> {
  waiting.promise ??= new Promise<boolean>((resolve) => {
    const answer = (given: boolean) => {
      waiting.promise = null;
      asked.set(null);
      resolve(given);
    };
    asked.set({ what, answer });
  });
  return waiting.promise;
}

export function enter(next: Me): void {
  me.set(next);
  remember('me', { ...next, csrf: '' });
  door.set('open');
}

// Nobody is known any more. Their page stays where there was somebody, so that nothing typed is lost.
export function turnedAway(empty: boolean): void {
  const page = door.get();
  if (empty) door.set('empty');
  else if (page === 'joining') door.set('shut');
  else if (page === 'open') door.set('ended');
}

// After leaving of one's own will: the next person at this screen finds nothing.
export function forget(): void {
  me.set(null);
  ['me', 'last', 'config'].forEach((key) => remember(key, null));
  door.set('shut');
}
