// SPDX-License-Identifier: Apache-2.0
// Pages that are told what a factory seldom says: many machines gone at once, odd sentences, messages that do not arrive.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLES } from './factory.mjs';
import { DESK, PHONE } from './visit.mjs';

// The page asks for the status in place of following it, and hears what change makes of it.
async function hears(page, factory, change) {
  const status = await factory.get('/api/v1/status');
  change(status);
  await page.route('**/api/v1/events', (route) => route.abort());
  await page.route('**/api/v1/status', (route) => route.fulfill({ json: status }));
}

const SENTENCES = [
  ['the link was lost: unplugged, or the other side hung up', /la liaison est tombée.: débranchée, ou l’autre bout a raccroché/],
  ['emergency stop by Nadia L.', /arrêt d’urgence par Nadia L\./],
  ['a sentence of tomorrow', /a sentence of tomorrow/],
];

export async function hearsOfManyAtOnce(visit, factory) {
  const page = await visit.page(PHONE);
  const caen = [];
  await hears(page, factory, (status) => {
    const lost = status.machines.filter(({ site }) => site === 'caen');
    for (const machine of lost) Object.assign(machine, { state: 'offline', waiting_for: null, run: null, flags: [] });
    SENTENCES.forEach(([message], i) => Object.assign(lost[i], { message }));
    status.sites.find(({ id }) => id === 'caen').vanished = lost.length;
    caen.push(...lost);
  });
  await page.goto(`${visit.url}/`);
  const banner = page.locator('.vanished');
  await banner.getByText(`${caen.length} machines de Caen ont disparu d’un coup`).waitFor();
  assert.equal(await banner.count(), 1, 'one thing to look at, whatever their number');
  assert.equal(await page.locator('.waiting li', { hasText: 'Caen' }).count(), 0, 'and no row for each');
  await visit.check(page, 'many machines gone');
  await visit.shot(page, 'vanished-390');
  await banner.getByRole('link').click();
  await page.locator('.vanished').waitFor();
  assert.equal(await page.locator('.tile').count(), caen.length, 'the link leads to them');
  for (const [i, [, shown]] of SENTENCES.entries()) {
    await page.goto(`${visit.url}/machines/${caen[i].id}`);
    await page.getByText(shown).first().waitFor();
  }
  assert.equal(await page.getByText(SENTENCES[2][1]).first().getAttribute('lang'), 'en', 'what has no French says what it is');
  await page.context().close();
}

// A calendar of its own and emulated machines: every page says so.
export async function saysThatItIsATraining(visit, factory) {
  for (const [viewport, locale, words] of [[PHONE, 'fr-FR', 'Entraînement ×60 : machines simulées'], [DESK, 'en-GB', 'Training ×60: emulated machines']]) {
    const page = await visit.page(viewport, { locale });
    await hears(page, factory, (status) => assert.equal(status.training, null, 'what is real says nothing'));
    await page.goto(`${visit.url}/machines`);
    await page.locator('.tile').first().waitFor();
    assert.equal(await page.getByText(words).count(), 0);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await hears(page, factory, (status) => Object.assign(status, { training: 60 }));
    await page.goto(`${visit.url}/machines`);
    await page.getByText(words).waitFor();
    await visit.check(page, `a training at ${viewport.width}`);
    await visit.shot(page, `training-${viewport.width}`);
    await page.context().close();
  }
}

// A request whose answer never comes, and is not refused either: the page gives it up and asks again by itself.
export async function asksAgainWhatIsNeverAnswered(visit) {
  const page = await visit.page(PHONE);
  await page.clock.install(); // its clock is ours to put forward
  const held = [];
  let silent = true;
  await page.route('**/api/v1/me', (route) => (silent ? held.push(route) : route.continue()));
  await page.goto(`${visit.url}/machines`);
  await page.waitForFunction(() => document.querySelector('#app')?.childElementCount);
  assert.ok(held.length > 0, 'it has asked who this is');
  await page.clock.fastForward(15000);
  assert.equal(await page.locator('.tile').count(), 0, 'and waits for that');
  silent = false;
  await page.clock.fastForward(6000);
  await page.locator('.tile').first().waitFor();

  const job = await page.context().newPage();
  await job.clock.install();
  await job.route('**/api/v1/machines/*/notes', (route) => (route.request().method() === 'POST' ? undefined : route.continue()));
  await job.goto(`${visit.url}/machines/caen-p02`);
  await job.getByRole('button', { name: 'Ajouter une note' }).click();
  await job.locator('.note-form textarea').fill('La courroie grince.');
  const asked = job.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/notes'));
  await job.getByRole('button', { name: 'Noter' }).click();
  await asked;
  await job.clock.fastForward(61000);
  await job.getByText(/ne répond pas/).first().waitFor();
  assert.equal(await job.locator('.note-form textarea').inputValue(), 'La courroie grince.', 'what was typed stays');
  await page.context().close();
}

const MESSAGE = { id: 7, person: 'marie', kind: 'down', channel: 'mail', address: 'marie@example.org', made: '2020-04-07T12:00:00Z', due: null, sent: null, tries: 9 };

export async function seesWhatDidNotArrive(visit) {
  const page = await visit.page(DESK);
  const boxes = {
    failed: [{ ...MESSAGE, state: 'failed', title: 'Caen P01 est à l’arrêt', error: 'mailbox unavailable' }],
    waiting: [{ ...MESSAGE, id: 8, state: 'waiting', title: 'Caen P02 attend', error: '', due: new Date(Date.now() + 60000).toISOString() }],
    sent: [],
  };
  await page.route('**/api/v1/outbox?*', (route) => {
    const url = new URL(route.request().url());
    const older = url.searchParams.has('before');
    const items = boxes[url.searchParams.get('state')].map((item) => (older ? { ...item, id: 1, title: 'Un message d’hier' } : item));
    route.fulfill({ json: { items, next: older || items.length === 0 ? null : 7, counts: { waiting: 1, failed: 21 } } });
  });
  await page.goto(`${visit.url}/admin/outbox`);
  const failed = page.locator('section', { has: page.getByRole('heading', { name: 'Abandonnés 21' }) }).last();
  await failed.getByText('mailbox unavailable').waitFor();
  await failed.getByText(/pour marie · marie@example\.org .* 9 essais/).waitFor();
  await page.getByText(/prochain essai à/).waitFor();
  await page.getByText('Rien n’est encore parti.').waitFor();
  await failed.getByRole('button', { name: 'Plus anciens' }).click();
  await failed.getByText('Un message d’hier').waitFor();
  assert.equal(await failed.locator('li').count(), 2);
  await visit.check(page, 'messages');
  await visit.shot(page, 'admin-outbox-1440', false);
  await page.context().close();
}

// Two coordinators at one job: the second one sees what the first one decided, keeps what was typed, and decides.
export async function changesWhatChanged(visit, factory) {
  const [job] = (await factory.get('/api/v1/jobs?state=open')).items;
  const set = (fields) => factory.post(`/api/v1/jobs/${job.id}`, fields, 'PATCH');
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/queue`);
  const sheet = page.getByRole('dialog');
  const open = () => page.locator(`ol.jobs > li[data-job="${job.id}"]`).getByRole('button', { name: /^Changer / }).click();
  await open();
  await sheet.getByLabel('Note').fill('urgent pour Rouen');
  await set({ quantity: 4321 });
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  const stale = page.locator('.stale-note');
  await stale.getByText('Quelqu’un l’a changé entre-temps').waitFor();
  await stale.getByText(/4.321/).waitFor();
  assert.equal(await sheet.getByLabel('Note').inputValue(), 'urgent pour Rouen', 'what was typed is kept');
  assert.equal((await factory.get(`/api/v1/jobs/${job.id}`)).note, job.note, 'and nothing was overwritten');
  await visit.check(page, 'a job that somebody else changed');
  await visit.shot(page, 'queue-stale-1440', false);
  await stale.getByRole('button', { name: 'Enregistrer mes changements' }).click();
  await sheet.waitFor({ state: 'detached' });
  const now = await factory.get(`/api/v1/jobs/${job.id}`);
  assert.deepEqual([now.quantity, now.note], [4321, 'urgent pour Rouen'], 'both have what they decided');
  await open();
  await sheet.getByLabel('Note').fill('non');
  await set({ priority: 8 });
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await stale.getByRole('button', { name: 'Prendre l’état actuel' }).click();
  await stale.waitFor({ state: 'detached' });
  assert.equal(await sheet.getByLabel('Note').inputValue(), 'urgent pour Rouen');
  await set({ quantity: job.quantity, priority: job.priority, note: job.note });
  await page.context().close();
}

// A slicer's file whose name says no part waits on top of the programs; once somebody has said it, it goes into the queue.
export async function saysWhatAFileMakes(visit, factory) {
  const text = readFileSync(join(SAMPLES, 'impression/mk3_repere-lot_0.20.gcode'), 'utf8');
  const sent = await factory.post('/slicer/prusa-mk3/api/v1/files/local/plaque.gcode', `${text}; a plate\n`, 'PUT');
  const sha = sent.usine.program;
  const page = await visit.page(PHONE);
  await page.goto(`${visit.url}/programs`);
  await page.getByText('1 fichier attend qu’on dise ce qu’il fait').waitFor();
  assert.match(await page.locator('.programs > li').first().innerText(), /plaque\.gcode[^]*À nommer/, 'what waits for a person comes first');
  await visit.shot(page, 'program-unnamed-390', false);
  await page.getByRole('button', { name: 'Dire ce qu’il fait plaque.gcode' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Donne, par passage').fill('0');
  await sheet.getByRole('button', { name: 'Enregistrer et mettre en file' }).click();
  await sheet.getByText('Un nombre entier à partir de 1').waitFor();
  await sheet.getByLabel('Donne, par passage').fill('4');
  await sheet.getByLabel('Quelle pièce').selectOption('repere-lot');
  await sheet.getByLabel('Passages à mettre en file').fill('2');
  await visit.check(page, 'what a file makes');
  await visit.shot(page, 'program-says-390');
  await sheet.getByRole('button', { name: 'Enregistrer et mettre en file' }).click();
  await sheet.waitFor({ state: 'detached' });
  assert.deepEqual((await factory.get(`/api/v1/programs/${sha}`)).yield, { 'repere-lot': 4 });
  const job = (await factory.get('/api/v1/jobs')).items.find(({ note }) => note === 'plaque.gcode');
  assert.deepEqual([job.part, job.quantity], ['repere-lot', 8]);
  await factory.post(`/api/v1/jobs/${job.id}/cancel`);
  await page.context().close();
}
