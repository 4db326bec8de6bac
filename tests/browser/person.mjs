// SPDX-License-Identifier: Apache-2.0
// What a person does, by clicks: a program, a job, an empty bed, a run, three good and one scrap, and the emergency stop.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { SAMPLES, sleep, waitFor } from './factory.mjs';
import { DESK, PHONE } from './visit.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>';
const MACHINE = 'caen-p01';

export async function uploadsProgram(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/programs`);
  const choose = page.locator('input[type=file]');
  await choose.setInputFiles({ name: `${HOSTILE}.gcode`, mimeType: 'text/plain', buffer: Buffer.from('G28\nG1 X10 F3000\nM500\n') });
  await page.getByLabel('Prusa i3 MK3/MK3S').check();
  await page.getByRole('button', { name: 'Envoyer le fichier' }).click();
  await page.getByText('ligne 3', { exact: true }).waitFor();
  await visit.check(page, 'a refused program');
  await visit.shot(page, 'programs-refused-1440', false);
  await page.keyboard.press('Escape');

  await choose.setInputFiles(join(SAMPLES, 'impression/mk3_repere-lot_0.20.gcode'));
  await page.getByLabel('Donne, par passage').fill('4');
  assert.equal(await page.getByLabel('Quelle pièce').inputValue(), 'repere-lot', 'the part is read from the file name');
  assert.ok(await page.getByLabel('Prusa i3 MK3/MK3S').isChecked(), 'the model is read from the file name');
  await page.getByRole('button', { name: 'Envoyer le fichier' }).click();
  await page.getByRole('dialog').getByText('Approuvé').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Rapport mk3_repere-lot_0.20.gcode' }).waitFor();
  await page.context().close();
}

export async function asksForPieces(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/queue`);
  await page.getByRole('button', { name: 'Nouveau travail' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Quelle pièce').selectOption('repere-lot');
  await sheet.getByRole('button', { name: 'Ajouter' }).click();
  await sheet.getByText('Un nombre entier à partir de 1').waitFor();
  await sheet.getByLabel('Quantité de pièces bonnes').fill('8');
  await sheet.getByLabel(/^Priorité/).selectOption('9');
  await sheet.getByLabel(/^Note/).fill(HOSTILE);
  await visit.check(page, 'a new job');
  await sheet.getByRole('button', { name: 'Ajouter' }).click();
  const row = page.locator('ol.jobs > li', { hasText: 'Repère de lot' });
  await row.getByText(HOSTILE).waitFor();
  await page.context().close();
}

// Two taps on a phone; the start waits ten seconds.
export async function emptiesBed(visit, factory) {
  const page = await visit.page(PHONE, { hasTouch: true });
  await page.goto(`${visit.url}/machines`);
  await page.locator(`[data-machine="${MACHINE}"]`).tap();
  await page.getByRole('button', { name: 'Plateau vide' }).tap();
  await page.getByText(/peut repartir dans/).waitFor();
  assert.equal((await factory.machine(MACHINE)).run, null, 'the start is held back');
  await waitFor('the run starts', 60, async () => (await factory.machine(MACHINE)).run);
  await page.goto(`${visit.url}/machines/${MACHINE}`);
  await page.getByText(/^Ligne /).waitFor();
  await visit.shot(page, 'machine-running-390');
  await page.context().close();
}

export async function countsThreeGoodOneScrap(visit, factory) {
  const today = async () => (await factory.get('/api/v1/status')).today;
  await waitFor('the run ends', 120, async () => (await factory.machine(MACHINE)).waiting_for === 'clear');
  const before = await today(); // other machines may have made some of these
  const page = await visit.page(PHONE, { hasTouch: true });
  await page.goto(`${visit.url}/machines`);
  await page.locator(`[data-machine="${MACHINE}"]`).tap();
  await page.getByRole('button', { name: 'Plateau vide, 4 bons' }).waitFor();
  await visit.shot(page, 'clear-bed-390', false);
  await page.getByRole('button', { name: 'Rebut : un de plus' }).tap();
  await page.getByRole('button', { name: 'Plateau vide, 3 bons, 1 rebut' }).tap();
  await page.getByText('Choisissez une raison.').waitFor();
  await page.getByRole('button', { name: 'Décollée' }).tap();
  await visit.check(page, 'the verdict');
  await visit.shot(page, 'clear-bed-scrap-390', false);
  await page.getByRole('button', { name: 'Plateau vide, 3 bons, 1 rebut' }).tap();
  await page.getByText('3 bons, 1 rebut : compté pour Caen P01.').waitFor();
  await page.getByRole('button', { name: 'Annuler, tout remettre' }).waitFor();
  const { good, scrap } = await today();
  assert.equal(good['repere-lot'] - (before.good['repere-lot'] ?? 0), 3);
  assert.equal(scrap['repere-lot'] - (before.scrap['repere-lot'] ?? 0), 1);

  await page.goto(`${visit.url}/`);
  await page.getByLabel('Pièce affichée').selectOption('repere-lot');
  await page.locator('.big b', { hasText: new RegExp(`^${good['repere-lot']}$`) }).waitFor();
  await page.goto(`${visit.url}/production`);
  await page.getByText('Décollée').waitFor();
  await page.context().close();
}

export async function asksWhyNotFaster(visit, factory) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/queue`);
  await page.getByRole('button', { name: /^Pourquoi pas plus vite \? Serre-tête/ }).first().click(); // orders have jobs of their own
  const total = page.locator('.sheet', { hasText: /= 80/ });
  await total.waitFor();
  const counts = await page.locator('.why-count').allInnerTexts();
  const { machines } = await factory.get('/api/v1/status');
  assert.equal(counts.reduce((sum, text) => sum + Number(text), 0), machines.length, 'every machine has one reason');
  await visit.check(page, 'why not faster');
  await visit.shot(page, 'queue-why-1440', false);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const row = page.locator('ol.jobs > li', { hasText: 'Renfort bas' });
  await row.getByRole('button', { name: 'Retenir' }).click();
  await row.getByRole('button', { name: 'Libérer' }).waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  await row.getByRole('button', { name: 'Retenir' }).waitFor();
  await page.context().close();
}

// A tap is not enough, and neither is a short press; 0.7 s is. Then the same for all by the keyboard.
export async function stopsMachines(visit, factory) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/machines`);
  await page.getByRole('button', { name: 'Arrêter le site Rouen' }).click();
  const hold = page.getByRole('button', { name: 'Maintenir pour arrêter' });
  await hold.click({ delay: 300 });
  await sleep(1000);
  const locked = async (site) => (await factory.get('/api/v1/status')).machines.filter((one) => one.state === 'locked' && (!site || one.site === site)).length;
  assert.equal(await locked(), 0, 'a short press stops nothing');
  await visit.check(page, 'the emergency stop');
  await hold.click({ delay: 1000 });
  await page.getByText('Arrêtées : 8 sur 8').waitFor();
  assert.equal(await locked('rouen'), 8);
  assert.equal(await locked(), 8, 'only the site');
  await visit.shot(page, 'stop-1440', false);
  await page.locator('.stop-panel').getByRole('button', { name: 'Fermer' }).click();

  await page.getByRole('button', { name: 'Arrêt d’urgence' }).click();
  await page.getByLabel('Toutes (80)').check();
  await hold.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await waitFor('all machines are locked', 30, async () => (await locked()) === 80);
  await page.goto(`${visit.url}/`);
  await page.getByText('80 machines attendent quelqu’un').first().waitFor();
  await visit.check(page, 'all locked');
  await visit.shot(page, 'today-locked-1440');
  await page.context().close();
}

// The link falls: what was known stays, with its age, and it comes back by itself.
export async function losesLink(visit, factory) {
  const page = await visit.page(PHONE);
  await page.goto(`${visit.url}/machines`);
  await page.locator(`[data-machine="${MACHINE}"]`).waitFor();
  await factory.stop('usined');
  await page.getByText(/Sans liaison depuis/).waitFor();
  assert.ok(await page.locator(`[data-machine="${MACHINE}"]`).isVisible(), 'the last state stays');
  await visit.check(page, 'without a link');
  await visit.shot(page, 'offline-390', false);
  const wall = await page.context().newPage();
  await page.context().route('**/index.html', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/index-\w+/g, 'index-newer') });
  });
  await factory.startDaemon();
  await page.getByText(/Sans liaison depuis/).waitFor({ state: 'detached' });
  await page.getByText('Ces pages ont une nouvelle version.').waitFor(); // whoever types is asked; a wall is not
  await visit.check(page, 'newer pages');
  await wall.goto(`${visit.url}/mur`);
  await wall.locator('.wall-big').waitFor();
  const reloaded = wall.waitForEvent('framenavigated');
  await wall.evaluate(() => {
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
  });
  await reloaded;
  await wall.locator('.wall-big').waitFor();
  await page.context().close();
}
