// SPDX-License-Identifier: Apache-2.0
// Has the daemon newer pages than this one? Their files are named after what is in them, so its first page names others
// than ours does. Asked every ten minutes, and at once when the link is back: an upgrade is a daemon that was away.
import { live } from './live';
import { createStore } from './store';

const EVERY_MS = 600000;

export const newer = createStore(false);

const box = { lost: false };

const files = () => [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel=stylesheet]')].map((one) => new URL('src' in one ? one.src : one.href).pathname);

async function look(): Promise<void> {
  try {
    const answer = await fetch('/index.html', { cache: 'no-store' });
    const text = answer.ok ? await answer.text() : '';
    if (text.includes('<script')) newer.set(!files().every((file) => text.includes(file)));
  } catch {
    /* later */
  }
}

// Starts looking; call once. Not at once: a page that has just come is as new as it gets.
export function watchUpdates(): void {
  window.setInterval(() => void look(), EVERY_MS);
  live.follow(() => {
    const lost = live.get().link === 'lost';
    if (box.lost && !lost) void look();
    box.lost = lost;
  });
}
