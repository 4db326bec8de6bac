// SPDX-License-Identifier: Apache-2.0
// Most people open Today, and want its figure at once also over a slow link: every page but Today, the machines and the login
// is in a second file. It is fetched at once where one of its pages was opened, else soon after the first state has come.
import { live } from './live';
import { place } from './router';
import { learn } from './said';
import { createStore } from './store';
import { learnWords } from './words';

export type Others = typeof import('../pages/others');

const AT_ONCE = ['/', '/index.html', '/machines'];
const SOON_MS = 1500;
const RETRY_MS = 3000;

export const others = createStore<Others | null>(null);

const box = { asked: false, timer: 0 };

// An upgrade may have taken the file away meanwhile: then only newer pages, which name another, will do (lib/update.ts).
async function fetchThem(): Promise<void> {
  if (box.asked) return;
  box.asked = true;
  try {
    const came = await import('../pages/others');
    learn((text) => came.inFrench(text, came.stepInFrench));
    learnWords(came.otherWords);
    others.set(came);
  } catch {
    window.setTimeout(() => {
      box.asked = false;
      void fetchThem();
    }, RETRY_MS);
  }
}

function look(): void {
  if (!AT_ONCE.includes(place.get().path)) void fetchThem();
  else if (live.get().at !== 0) box.timer ||= window.setTimeout(() => void fetchThem(), SOON_MS);
}

// Call once.
export function fetchOthers(): void {
  live.follow(look);
  place.follow(look);
  look();
}
