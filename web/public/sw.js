// SPDX-License-Identifier: Apache-2.0
// Keeps the pages themselves, so that they open without a link; what the machines say is kept by the page (lib/live.ts).
const SHELL = 'usine-shell';
const FILES = []; // those of these pages: compress.mjs writes them here

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(['/', ...FILES])));
});

// What older pages were made of goes.
async function begin() {
  const cache = await caches.open(SHELL);
  const old = (await cache.keys()).filter(({ url }) => !['/', ...FILES].includes(new URL(url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
  await self.clients.claim();
}

self.addEventListener('activate', (event) => event.waitUntil(begin()));

async function keep(key, answer) {
  const cache = await caches.open(SHELL);
  await cache.put(key, answer);
}

// The newest page, or the last one that came when there is no link.
async function page(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(keep('/', answer.clone()));
    return answer;
  } catch (fault) {
    const kept = await caches.match('/');
    if (kept) return kept;
    throw fault;
  }
}

// Files with a hash in their name never change.
async function asset(event) {
  const kept = await caches.match(event.request);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event));
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/icon.svg') event.respondWith(asset(event));
});
