// SPDX-License-Identifier: Apache-2.0
// Coming and going of people at this page.
import { knock, patch, post, Refusal, whoAmI } from './api';
import { changes, config, live } from './live';
import { door, enter, forget, me, type Me } from './session';
import { language, type Language, setLanguage } from './words';

const RETRY_MS = 3000;

// The account's language goes with the person from screen to screen.
function welcome(now: Me): void {
  if (now.language) setLanguage(now.language);
  changes.set(changes.get() + 1);
}

export const logIn = (login: string, password: string) => knock('/api/v1/login', { login, password }).then(welcome);
export const giveAgain = (secret: { password: string } | { pin: string }) => knock('/api/v1/reauthenticate', secret);
export const givePin = (login: string, pin: string) => knock('/api/v1/pin', { login, pin }).then(welcome);
export const pair = (code: string) => knock('/api/v1/pairing', { code });

export const begin = (values: { code: string; login: string; name: string; password: string }) =>
  knock('/api/v1/first', { ...values, language: language.get() }).then(welcome);
export const acceptInvitation = (code: string, password: string) => knock('/api/v1/invitation', { code, password }).then(welcome);

// At the start: who is it? Without a link, whoever it was last sees the last state.
export async function arrive(): Promise<void> {
  try {
    await whoAmI();
  } catch (caught) {
    if (!(caught instanceof Refusal) || door.get() !== 'joining') return;
    if (me.get() && caught.status === 0) door.set('open');
    else window.setTimeout(() => void arrive(), RETRY_MS);
  }
}

// Ends the session because nobody is there: a person's page stays as it is, behind the login. On a tablet the person
// leaves and the tablet stays.
export async function goAway(): Promise<void> {
  await post('/api/v1/logout');
  try {
    await whoAmI();
  } catch (caught) {
    if (!(caught instanceof Refusal)) throw caught;
  }
}

// Ends the session because the person says so: nothing of theirs stays on this screen.
export async function leave(): Promise<void> {
  await goAway();
  if (door.get() === 'open') return;
  live.set({ ...live.get(), status: null, at: 0 });
  config.set(null);
  forget();
}

export async function setMe(values: Partial<{ name: string; language: Language; password: string; old: string; pin: string }>): Promise<void> {
  enter(await patch<Me>('/api/v1/me', values));
}

// In this browser, and in the account of whoever is logged in.
export async function chooseLanguage(next: Language): Promise<void> {
  setLanguage(next);
  if (me.get()?.kind === 'person') await setMe({ language: next });
}
