// SPDX-License-Identifier: Apache-2.0
// What people do beside the two taps: look back an hour, note, print a label, look into a program, put jobs in order,
// count without emptying, take it back, put a count right, read the config's faults.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { ROOT, waitFor } from './factory.mjs';
import { DESK, PHONE } from './visit.mjs';

const require = createRequire(join(ROOT, 'web/'));
const jsQR = require('jsqr');

const HOSTILE = '<img src=x onerror=alert(1)>';
const MACHINE = 'caen-p02';

const good = async (factory, part) => (await factory.get('/api/v1/status')).today.good[part] ?? 0;

// A page opened now shows what was before it was opened.
export async function looksBack(visit, factory) {
  await waitFor('the daemon has kept some history', 60, async () => (await factory.get(`/api/v1/machines/${MACHINE}/history`)).at.length >= 4);
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/machines/${MACHINE}`);
  const line = page.locator('.temps svg path.counted').first();
  await waitFor('the past is drawn', 5, async () => ((await line.getAttribute('d')) ?? '').split('L').length >= 4);
  const chart = page.locator('.temps svg').first();
  await chart.focus();
  const now = await chart.getAttribute('aria-label');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.locator('.temps .nowline').first().waitFor({ state: 'attached' });
  assert.match(now ?? '', /Températures · Buse/);
  await page.context().close();
}

export async function keepsNotebook(visit, factory) {
  const page = await visit.page(PHONE, { hasTouch: true });
  await page.goto(`${visit.url}/machines/${MACHINE}`);
  await page.getByRole('button', { name: 'Ajouter une note' }).tap();
  await page.getByLabel('Ce qui a été vu ou fait').fill(`Courroie X ${HOSTILE}`);
  await page.getByRole('button', { name: 'Noter', exact: true }).tap();
  await page.getByText(`Courroie X ${HOSTILE}`).waitFor();
  await page.getByRole('button', { name: /^Fait : Courroie/ }).tap();
  await page.locator('.notes li.done', { hasText: 'fait' }).waitFor();
  const [note] = (await factory.get(`/api/v1/machines/${MACHINE}/notes`)).items;
  assert.equal(note.text, `Courroie X ${HOSTILE}`);
  assert.ok(note.done_at);
  await visit.check(page, 'the notebook');
  await page.context().close();
}

// The label on paper is the label alone, and a phone reads from it where the machine's page is.
export async function printsLabel(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/machines/${MACHINE}`);
  await page.locator('.label').getByRole('link', { name: 'Imprimer' }).click();
  await page.getByLabel('Adresse des pages pour les téléphones').fill('https://usine.example.org/chemin');
  await page.getByText('Une adresse sans chemin').waitFor();
  await page.getByLabel('Adresse des pages pour les téléphones').fill('https://usine.example.org');
  await page.locator('.labels img').waitFor();
  await visit.check(page, 'the label');
  await visit.shot(page, 'label-1440', false);
  const pixels = await page.evaluate(async () => {
    const image = document.querySelector('.labels img');
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 800;
    canvas.height = 400;
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0, 800, 400);
    return [...pen.getImageData(0, 0, 800, 400).data];
  });
  assert.equal(jsQR(Uint8ClampedArray.from(pixels), 800, 400)?.data, `https://usine.example.org/machines/${MACHINE}?qr`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await page.locator('.top').isVisible()), 'no bar on paper');
  assert.ok(await page.locator('.labels img').isVisible());
  await page.emulateMedia({ media: 'screen' });
  await page.getByLabel(/^Toutes les machines de Caen/).check();
  await waitFor('the labels of the site', 5, async () => (await page.locator('.labels img').count()) > 3);
  await page.context().close();
}

const inked = (page) =>
  page.locator('canvas.path').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let n = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) n++;
    return n;
  });

export async function looksIntoProgram(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/programs`);
  await page.getByRole('button', { name: 'Rapport mk3_serre-tete_x1_0.20.gcode' }).click();
  const canvas = page.locator('canvas.path');
  await canvas.waitFor();
  await waitFor('something is drawn', 10, async () => (await inked(page)) > 200);
  await page.getByRole('button', { name: 'Couche du dessus' }).click();
  const slider = page.getByRole('slider', { name: 'Couche' });
  await slider.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await page.getByText(/^Couche 6 sur /).waitFor();
  await waitFor('the layer is drawn', 10, async () => /^Couche 6 sur/.test((await canvas.getAttribute('aria-label')) ?? ''));
  const all = await inked(page);
  await page.getByRole('button', { name: 'Déplacements' }).click();
  await waitFor('the ways between go', 5, async () => (await inked(page)) < all);
  await visit.check(page, 'a layer');
  await visit.shot(page, 'program-path-1440', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rapport grbl_ecran_2x1_600x400.nc' }).click();
  await waitFor('the laser is drawn', 10, async () => (await inked(page)) > 200);
  await visit.shot(page, 'laser-path-1440', false);
  await page.setViewportSize(PHONE);
  await page.waitForTimeout(300);
  await visit.check(page, 'a laser path on a phone');
  await visit.shot(page, 'laser-path-390', false);
  await page.context().close();
}

const order = async (page) => page.locator('ol.jobs > li').evaluateAll((rows) => rows.map((row) => Number(row.dataset.job)));

const sameOrder = (page, wished) => waitFor(`the order ${wished}`, 10, async () => (await order(page)).join() === wished.join());

export async function putsJobsInOrder(visit, factory) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/queue`);
  await page.locator('ol.jobs > li').nth(2).waitFor();
  const first = await order(page);
  const from = await page.locator('ol.jobs > li').nth(2).locator('.grip').boundingBox();
  const to = await page.locator('ol.jobs > li').nth(0).boundingBox();
  await page.mouse.move(from.x + 8, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 40, { steps: 6 });
  await page.locator('ol.jobs > li.before').waitFor();
  await visit.shot(page, 'queue-drag-1440', false);
  await page.mouse.up();
  const moved = [first[2], first[0], first[1], ...first.slice(3)];
  await sameOrder(page, moved);
  const { items } = await factory.get('/api/v1/jobs');
  const priority = (id) => items.find((job) => job.id === id).priority;
  assert.ok(priority(moved[0]) >= priority(moved[1]), 'the server has the order too');
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  await sameOrder(page, first);
  const row = page.locator(`ol.jobs > li[data-job="${first[0]}"]`);
  await row.getByRole('button', { name: 'Descendre' }).click();
  await sameOrder(page, [first[1], first[0], ...first.slice(2)]);
  await row.getByRole('button', { name: 'Descendre' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await sameOrder(page, first);
  await visit.check(page, 'the queue in order');
  await page.context().close();
}

export async function asksWhyMachineDoesNothing(visit, factory) {
  const { machines } = await factory.get('/api/v1/status');
  const idle = machines.find((machine) => machine.run === null && machine.state === 'idle');
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/machines/${idle.id}`);
  await page.getByRole('button', { name: 'Pourquoi rien ?' }).click();
  const open = (await factory.get('/api/v1/jobs')).items.filter(({ state }) => state === 'open' || state === 'held');
  await waitFor('a reason for each job', 10, async () => (await page.locator('.why-jobs > li').count()) === open.length);
  await visit.check(page, 'why a machine does nothing');
  await visit.shot(page, 'machine-why-1440', false);
  await page.context().close();
}

// Counted without emptying, taken back, counted for good, then put right; every total follows each time.
export async function countsTakesBackAndCorrects(visit, factory) {
  const waits = await waitFor('a machine has finished', 120, async () =>
    (await factory.get('/api/v1/status')).machines.find((one) => one.id !== 'caen-p01' && one.bed === 'occupied' && one.waiting_for === 'clear' && one.last_run?.outcome === 'finished'),
  );
  const { part, pieces } = waits.last_run;
  const before = await good(factory, part);
  const counted = async (more) => assert.equal(await good(factory, part), before + more);
  const page = await visit.page(PHONE, { hasTouch: true });
  await page.goto(`${visit.url}/machines/${waits.id}?qr`); // as the label opens it
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Compter seulement' }).tap();
  await page.getByText('Le plateau reste à vider.').waitFor();
  await counted(pieces);
  assert.equal((await factory.machine(waits.id)).bed, 'occupied');
  await visit.shot(page, 'count-only-390', false);
  await page.getByRole('button', { name: 'Annuler, tout remettre' }).tap();
  await page.getByText('annulé, rien n’est compté').waitFor();
  await counted(0);

  await page.goto(`${visit.url}/machines/${waits.id}?qr`);
  const clearing = page.waitForRequest(/\/clear$/);
  await sheet.getByRole('button', { name: /^Plateau vide, \d+ bons?$/ }).tap();
  assert.match((await clearing).headers()['if-match'], /^"[0-9a-f]{16}"$/, 'for what was seen, and nothing that came after');
  await page.getByText(/peut repartir dans/).waitFor();
  await counted(pieces);
  await page.getByRole('button', { name: 'Annuler, tout remettre' }).tap();
  await page.getByText('annulé, rien n’est compté').waitFor();
  await counted(0);

  await page.goto(`${visit.url}/machines/${waits.id}?qr`);
  await sheet.getByRole('button', { name: 'Compter seulement' }).tap();
  await page.getByText('Le plateau reste à vider.').waitFor();
  await page.getByRole('button', { name: /^Corriger : / }).first().tap();
  await sheet.getByRole('button', { name: 'Bons : un de moins' }).tap();
  await sheet.getByRole('button', { name: 'Rebut : un de plus' }).tap();
  await sheet.getByRole('button', { name: 'Corriger le compte' }).tap();
  await page.getByText('Choisissez une raison.').waitFor();
  await sheet.getByRole('button', { name: 'Gauchie' }).tap();
  await visit.check(page, 'a correction');
  await visit.shot(page, 'correct-390', false);
  await sheet.getByRole('button', { name: 'Corriger le compte' }).tap();
  await page.getByText('compte corrigé').waitFor();
  await counted(pieces - 1);
  await page.getByText(/corrigé par/).first().waitFor();
  const scrap = (await factory.get(`/api/v1/scrap?part=${part}`)).items;
  assert.equal(scrap.find(({ reason }) => reason === 'warped')?.pieces, 1);
  await page.context().close();
}

export async function readsProduction(visit, factory) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/production`);
  await page.getByText(/médiane .* 9 sur 10/).first().waitFor();
  await page.getByRole('heading', { name: 'Rebuts par raison' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV complet' }).click()]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.match(text, /^day,site,machine,part,good,scrap,runs/);
  const { items } = await factory.get('/api/v1/cycles');
  assert.ok(items.every((row) => row.median_s <= row.p90_s && row.runs > 0));
  await page.context().close();
}

// A changed config is checked without being written; its faults stand at their line, and n moves between them.
export async function readsConfig(visit, factory) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/technical`);
  const field = page.getByRole('textbox', { name: 'Configuration' });
  await waitFor('the file is read', 10, async () => (await field.inputValue()).length > 1000);
  const before = readFileSync(join(factory.folder, 'config.json'), 'utf8');
  assert.equal(await field.inputValue(), before);
  await page.getByRole('button', { name: 'Vérifier' }).click();
  await page.getByText(/Aucune faute.: 80 machines/).waitFor();
  await field.fill(`{\n  "role": "standalone",\n  "sites": [],\n  "prot": "${HOSTILE}",\n  "target_per_day": "many"\n}\n`);
  await page.getByText('Changé depuis la vérification.').waitFor();
  await page.getByRole('button', { name: 'Vérifier' }).click();
  await page.locator('.fault-place').first().waitFor();
  assert.ok((await page.locator('.fault-place').count()) >= 2, 'every fault at once');
  await page.locator('.fault-place', { hasText: 'prot' }).locator('.wrong', { hasText: HOSTILE }).waitFor();
  await page.locator('#config').click();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  assert.ok(await page.locator('.fault-place').nth(1).evaluate((place) => place === document.activeElement));
  await visit.check(page, 'the config with faults');
  await visit.shot(page, 'technical-faults-1440');
  assert.equal(readFileSync(join(factory.folder, 'config.json'), 'utf8'), before, 'nothing is written');
  await page.context().close();
}

// Opened without a link, the page still shows the last state, and says how old it is.
export async function opensWithoutLink(visit, factory) {
  const page = await visit.page(PHONE);
  await page.goto(`${visit.url}/machines`);
  await page.locator(`[data-machine="${MACHINE}"]`).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // now the worker has the shell and its files
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId), ['in-incognito'], 'a phone may keep it like a program');
  await page.locator(`[data-machine="${MACHINE}"]`).waitFor();
  await factory.stop('usined');
  await page.goto(`${visit.url}/machines/${MACHINE}`);
  await page.getByText(/Sans liaison depuis/).waitFor();
  await page.getByRole('heading', { name: 'Caen P02' }).waitFor();
  await page.getByText('Sans liaison : possible de nouveau quand elle reviendra.').waitFor();
  await visit.shot(page, 'machine-offline-390', false);
  await factory.startDaemon();
  await page.getByText(/Sans liaison depuis/).waitFor({ state: 'detached' });
  await page.context().close();
}

async function weight(session) {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

// Days on a wall are thousands of events: after some hundred the page weighs what it weighed.
export async function staysLight(visit, factory) {
  const page = await visit.page({ width: 1920, height: 1080 });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  await page.goto(`${visit.url}/mur`);
  await page.locator('.wall-big').waitFor();
  const poke = async (times) => {
    for (let i = 0; i < times; i++) {
      const word = i % 2 === 0 ? 'out' : 'in';
      await factory.post(`/api/v1/machines/rouen-p01/${word}`);
      await page.waitForTimeout(40);
    }
  };
  await poke(60);
  const before = await weight(session);
  await poke(400);
  const after = await weight(session);
  assert.ok(after.JSEventListeners <= before.JSEventListeners + 5, `listeners: ${before.JSEventListeners}, then ${after.JSEventListeners}`);
  assert.ok(after.Nodes <= before.Nodes * 1.1 + 100, `nodes: ${before.Nodes}, then ${after.Nodes}`);
  assert.ok(after.JSHeapUsedSize <= before.JSHeapUsedSize * 1.25 + 1e6, `bytes: ${before.JSHeapUsedSize}, then ${after.JSHeapUsedSize}`);
  await page.context().close();
}
