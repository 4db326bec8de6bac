// SPDX-License-Identifier: Apache-2.0
// A browser that notices what it must not see: content security reports, requests elsewhere, faults, unreadable pages.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT, waitFor } from './factory.mjs';

const require = createRequire(join(ROOT, 'web/'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const CHROMIUM = join(ROOT, 'tests/browser/chromium');
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const QUIET_MS = 400;

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 1000 };

export class Visit {
  // shots: the folder of the pictures; null: none are made. cookie: of the session every page is opened with; none: nobody has
  // logged in.
  constructor(url, shots, cookie) {
    this.url = url;
    this.cookie = cookie;
    this.shots = shots;
    this.faults = [];
    this.traffic = new WeakMap(); // page -> what it has asked for and not got, and since when that is so
    if (shots) mkdirSync(shots, { recursive: true });
  }

  async open() {
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS, timeout: 60000 });
  }

  async close() {
    await this.browser?.close();
  }

  fault(text) {
    this.faults.push(text);
    console.error(`  fault: ${text}`);
  }

  // cookie null: nobody has logged in.
  async page(viewport, options = {}, cookie = this.cookie) {
    const context = await this.browser.newContext({ viewport, locale: 'fr-FR', colorScheme: 'light', acceptDownloads: true, ...options });
    if (cookie) await context.addCookies([cookie]);
    const page = await context.newPage();
    page.setDefaultTimeout(60000);
    page.on('pageerror', (error) => this.fault(`error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => /Content Security Policy/i.test(message.text()) && this.fault(`CSP: ${message.text()}`));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== this.url) this.fault(`a request elsewhere: ${request.url()}`);
    });
    this.watchTraffic(page);
    return page;
  }

  watchTraffic(page) {
    const traffic = { asked: new Set(), at: Date.now() };
    const done = (request) => traffic.asked.delete(request) && (traffic.at = Date.now());
    page.on('request', (request) => {
      if (request.resourceType() === 'eventsource') return; // open as long as the page
      traffic.asked.add(request);
      traffic.at = Date.now();
    });
    page.on('requestfinished', done);
    page.on('requestfailed', done);
    this.traffic.set(page, traffic);
  }

  // Opens a page, and waits until it has all it asks for.
  async see(page, path) {
    await page.goto(this.url + path);
    const traffic = this.traffic.get(page);
    await waitFor(`${path} has all it asked for`, 60, () => traffic.asked.size === 0 && Date.now() - traffic.at >= QUIET_MS);
  }

  // The whole page as a picture: a viewport as high as the page, since bars are fixed to its edges.
  async shot(page, name, whole = true) {
    const size = page.viewportSize();
    if (whole) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: size.width, height: Math.min(4000, Math.max(size.height, height)) });
    }
    await page.screenshot({ path: join(this.shots, `${name}.png`), animations: 'disabled' });
    await page.setViewportSize(size);
  }

  // What every page must hold, whatever is on it.
  async check(page, name) {
    await page.evaluate(axe);
    // Only what is wrong is described: the paths of thousands of sound nodes would take seconds.
    const violations = await page.evaluate(async (runOnly) => (await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false })).violations, STANDARDS);
    for (const violation of violations) {
      const places = violation.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`);
      this.fault(`axe on ${name}: ${violation.id}: ${places.join('; ')}`);
    }
    const seen = await page.evaluate(() => ({
      text: document.body.innerText,
      wider: document.documentElement.scrollWidth - window.innerWidth,
      widest: [...document.querySelectorAll('main *, header *')].filter((box) => box.getBoundingClientRect().right > window.innerWidth + 1 && !box.closest('.scroll, .log, .chips, textarea, svg')).map((box) => `${box.tagName}.${box.className}`).slice(0, 4).join(' '),
      h1: document.querySelectorAll('h1').length,
      refusals: [...document.querySelectorAll('html[lang=fr] :is(.fault, .note, [role=alert]):not(.fault-place *, [lang=en] *)')].map((box) => box.innerText),
      hostile: document.querySelectorAll('main img[src="x"], main script, main iframe').length,
    }));
    if (/\{\w+\}|undefined|NaN|\[object/.test(seen.text)) this.fault(`${name}: a word is missing: ${/.{20}(\{\w+\}|undefined|NaN|\[object).{20}/s.exec(seen.text)?.[0]}`);
    const english = seen.refusals.find((text) => /\b(the|is|are|must|already|with|cannot)\b/.test(text));
    if (english) this.fault(`${name}: a refusal that is not in French: ${english}`);
    if (seen.wider > 0) this.fault(`${name}: wider than the screen by ${seen.wider} px: ${seen.widest}`);
    if (seen.h1 !== 1) this.fault(`${name}: ${seen.h1} h1`);
    if (seen.hostile > 0) this.fault(`${name}: a hostile name became an element`);
  }

  // Checked and pictured as wide as a phone and as a desk's screen.
  async both(page, name) {
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      await this.check(page, `${name} at ${viewport.width}`);
      await this.shot(page, `${name}-${viewport.width}`);
    }
  }

  // One step after the other. When one fails, says and pictures what stood on every page at that moment.
  async walk(kind, steps, factory) {
    for (const [name, step] of steps) {
      console.log(`${kind}: ${name}`);
      try {
        await step(this, factory);
      } catch (error) {
        await this.tellWreck();
        throw error;
      }
    }
  }

  async tellWreck() {
    const pages = this.browser.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) {
      const text = await page.evaluate(() => document.body.innerText).catch((error) => error.message);
      console.error(`  open when it failed: ${page.url()}\n${text.slice(0, 1500).replace(/^/gm, '  | ')}`);
      if (this.shots) await page.screenshot({ path: join(this.shots, `failed-${i}.png`) }).catch(() => {});
    }
  }
}
