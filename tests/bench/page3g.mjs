// SPDX-License-Identifier: Apache-2.0
// page3g.mjs BUILD [ROUNDS]: Today opened for the first time over a slow link, in Chromium, with the 80 machines of
// Normandy; and how soon a page shows what has just happened. Prints rows of the table of scripts/bench.
import { performance } from 'node:perf_hooks';
import { Factory, sleep } from '../browser/factory.mjs';
import { PHONE, Visit } from '../browser/visit.mjs';

const [build, rounds = '5'] = process.argv.slice(2);
// What Lighthouse calls slow 4G, and telephone companies a good 3G.
const LINK = { down: 1.6e6, up: 750e3, latency: 150 };
const MACHINE = 'caen-p02';
const FACTS = 20;
const SETTLED_MS = 1500;

// Runs in the page before anything of it: notes when the big figure is on the screen, and what Lighthouse would judge.
function notes() {
  const seen = { usable: 0, fcp: 0, lcp: 0, cls: 0, long: [] };
  globalThis.seen = seen;
  const follow = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  follow('paint', (entry) => entry.name === 'first-contentful-paint' && (seen.fcp = entry.startTime));
  follow('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  follow('layout-shift', (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  follow('longtask', (entry) => seen.long.push([entry.startTime, entry.duration]));
  new MutationObserver((_, observer) => {
    if (!/\d/.test(document.querySelector('.big b')?.textContent ?? '')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (seen.usable = performance.now())));
  }).observe(document, { childList: true, subtree: true });
}

// One load with nothing kept from before; slowdown: how much slower than here the phone's processor is.
async function coldLoad(visit, slowdown) {
  const page = await visit.page(PHONE);
  const session = await page.context().newCDPSession(page);
  const bytes = { usable: 0, all: 0, requests: 0 };
  session.on('Network.dataReceived', ({ encodedDataLength }) => (bytes.all += encodedDataLength));
  session.on('Network.responseReceived', ({ response }) => {
    bytes.all += response.encodedDataLength; // the head
    bytes.requests++;
  });
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: LINK.latency, downloadThroughput: LINK.down / 8, uploadThroughput: LINK.up / 8 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(notes);
  await page.goto(visit.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.seen.usable > 0, undefined, { polling: 20 });
  bytes.usable = bytes.all;
  await sleep(SETTLED_MS);
  const seen = await page.evaluate(() => globalThis.seen);
  await page.context().close();
  const blocking = seen.long.filter(([at]) => at >= seen.fcp).reduce((sum, [, took]) => sum + took - 50, 0);
  return { ...seen, blocking, bytes };
}

// From the sending of an act to the change of the tile, as one page sees it; the acts come at any point of the daemon's beat.
async function liveUpdates(visit) {
  const page = await visit.page(PHONE);
  await page.goto(`${visit.url}/machines`);
  await page.locator(`[data-machine="${MACHINE}"]`).waitFor();
  await page.locator('.link .dot:not(.polled)').waitFor();
  const took = [];
  for (let i = 0; i < FACTS; i++) {
    took.push(
      await page.evaluate(
        async ([machine, word]) => {
          const tile = () => document.querySelector(`[data-machine="${machine}"]`)?.outerHTML;
          const { csrf } = await (await fetch('/api/v1/me')).json();
          const before = tile();
          const sent = performance.now();
          const changed = new Promise((done) => {
            new MutationObserver((_, observer) => {
              if (tile() === before) return;
              observer.disconnect();
              done(performance.now() - sent);
            }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
          });
          const answer = await fetch(`/api/v1/machines/${machine}/${word}`, { method: 'POST', headers: { 'Usine-Csrf': csrf }, body: '{}' });
          if (!answer.ok) throw new Error(`${word}: ${answer.status}`);
          return changed;
        },
        [MACHINE, i % 2 === 0 ? 'out' : 'in'],
      ),
    );
    await sleep(311 + i * 17);
  }
  await page.context().close();
  return took;
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const highest = (values) => Math.max(...values);
const ms = (value) => `${value.toFixed(0)} ms`;
const kb = (value) => `${(value / 1000).toFixed(1)} kB`;
const row = (...cells) => console.log(`| page3g | ${cells.join(' | ')} |`);

async function main() {
  const factory = new Factory(build, 20);
  let visit;
  try {
    await factory.open();
    visit = new Visit(factory.url, null, factory.person.cookie);
    await visit.open();
    await coldLoad(visit, 1); // the browser's own first time
    const began = performance.now();
    const loads = [];
    const slow = [];
    for (let i = 0; i < Number(rounds); i++) {
      loads.push(await coldLoad(visit, 1));
      slow.push(await coldLoad(visit, 4));
    }
    const of = (list, key) => list.map((load) => load[key]);
    const heavy = loads.map(({ bytes }) => bytes);
    console.log(`| page3g: a link of ${LINK.down / 1e6} Mbit/s down, ${LINK.up / 1e6} up, ${LINK.latency} ms; ${rounds} cold loads in ${((performance.now() - began) / 1000).toFixed(0)} s | what | middle (worst) | target |`);
    row('Today can be used', `${ms(middle(of(loads, 'usable')))} (${ms(highest(of(loads, 'usable')))})`, '< 1000 ms');
    row('bytes until then', `${kb(middle(of(heavy, 'usable')))} of ${kb(middle(of(heavy, 'all')))}, ${middle(of(heavy, 'requests'))} requests`, '< 200 kB');
    row('first, largest paint', `${ms(middle(of(loads, 'fcp')))}, ${ms(middle(of(loads, 'lcp')))}`, '');
    row('blocking time, layout shift', `${ms(middle(of(loads, 'blocking')))}, ${middle(of(loads, 'cls')).toFixed(3)}`, '< 200 ms, < 0.1');
    row('the same on a processor four times slower', `${ms(middle(of(slow, 'usable')))} (${ms(highest(of(slow, 'usable')))}), blocking ${ms(middle(of(slow, 'blocking')))}`, '');
    const took = await liveUpdates(visit);
    row('from an act sent to the tile changed', `${ms(middle(took))} (${ms(highest(took))})`, '< 300 ms');
  } finally {
    await visit?.close();
    await factory.close(false);
  }
}

await main();
