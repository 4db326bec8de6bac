// SPDX-License-Identifier: Apache-2.0
// From an order to kits that are counted: a coordinator orders, an operator receives, assembles and takes stock, by clicks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DESK, PHONE } from './visit.mjs';

const PARTS = ['Serre-tête', 'Renfort bas', 'Écran PET 0,5 mm 280x240'];

async function fills(page, act, fields) {
  await page.getByRole('button', { name: act, exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(/^Site/).selectOption({ label: 'Caen' });
  for (const [label, value] of Object.entries(fields.choose ?? {})) await sheet.getByLabel(new RegExp(`^${label}`)).selectOption({ label: value });
  for (const [label, value] of Object.entries(fields.type)) await sheet.getByLabel(label).fill(value);
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  return sheet;
}

// The answer is lost on its way: pressed again, the same pieces are not counted twice; other values are not taken for new ones.
async function isNotAnswered(visit, factory, page) {
  const there = async () => (await factory.get('/api/v1/stock')).total.parts.elastique;
  const before = await there();
  const way = '**/api/v1/stock/receive';
  await page.route(way, (route) => route.fetch().then(() => route.abort()));
  const sheet = await fills(page, 'Recevoir', { choose: { Quoi: 'Élastique à boutonnières 20 mm, 40 cm' }, type: { Combien: '7' } });
  await sheet.getByText('Le serveur ne répond pas').waitFor();
  assert.equal(await there(), before + 7);
  await page.unroute(way);
  await sheet.getByLabel('Combien').fill('70');
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await sheet.getByText('avec d’autres valeurs').waitFor();
  await visit.check(page, 'what may have been done');
  await sheet.getByRole('button', { name: 'Fermer' }).click();
  await page.route(way, (route) => route.fetch().then(() => route.abort()));
  await fills(page, 'Recevoir', { choose: { Quoi: 'Élastique à boutonnières 20 mm, 40 cm' }, type: { Combien: '7' } });
  await sheet.getByText('Le serveur ne répond pas').waitFor();
  await page.unroute(way);
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await there(), before + 14, 'twice seven: what was not answered was counted once');
}

async function orders(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/queue`);
  await page.getByRole('button', { name: 'Nouvelle commande' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Ajouter' }).click();
  await sheet.getByText('Un nombre entier à partir de 1').waitFor();
  await sheet.getByLabel('Nombre de kits').fill('20');
  await sheet.getByLabel('Pour qui').fill('EHPAD Les Tilleuls');
  await visit.check(page, 'a new order');
  await sheet.getByRole('button', { name: 'Ajouter' }).click();
  await page.locator('[data-order]', { hasText: 'EHPAD Les Tilleuls' }).waitFor();
  await visit.check(page, 'orders');
  await visit.shot(page, 'orders-1440');
  return page;
}

// From the stock to a lot of kits, to what went into it, and to its labels: of these the file itself is looked at.
async function readsALot(visit, page, factory) {
  await page.setViewportSize(PHONE);
  await page.getByLabel('Trouver un lot').fill('Visière');
  await page.getByRole('link', { name: /^K\d{6}-/ }).click();
  await page.getByText(/^5 × Visière.*assemblés à Caen/).waitFor();
  await page.getByText('Rien n’en a été remis.').waitFor();
  await visit.check(page, 'a lot on a phone');
  await visit.shot(page, 'lot-390');
  await page.getByRole('button', { name: 'Étiquettes' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Papier').selectOption('a4-8');
  await sheet.getByLabel('Première place libre').fill('9');
  await sheet.getByRole('button', { name: 'Télécharger' }).click();
  await sheet.getByText('la première place va de 1 à 8').waitFor();
  await visit.check(page, 'labels of a lot on a phone');
  await visit.shot(page, 'labels-390');
  await sheet.getByLabel('Première place libre').fill('7');
  const coming = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Télécharger' }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^K\d{6}-.*\.pdf$/);
  assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
  await sheet.waitFor({ state: 'detached' });
  await page.setViewportSize(DESK);
  await visit.shot(page, 'lot-1440');
  await page.getByRole('link', { name: 'LOT-serre-tete' }).first().click();
  await page.getByRole('heading', { name: 'Lot LOT-serre-tete' }).waitFor();
  await page.getByRole('heading', { name: 'Entré dans' }).waitFor();
  await page.getByRole('heading', { name: 'Travail à la main' }).waitFor();
  const { lots } = (await factory.get('/api/v1/stock?lots=true')).sites.find(({ id }) => id === 'caen');
  assert.equal(lots.find(({ lot }) => lot === 'LOT-serre-tete').quantity, 6, 'of twelve one was thrown away, and five went into kits');
  await visit.see(page, '/lots/NOWHERE');
  await page.getByText('NOWHERE').first().waitFor();
  await visit.check(page, 'a lot nobody knows');
  await visit.see(page, '/stock');
}

// A lot of headbands is deburred, one of them thrown away; taken back, done again; then washed by one tap.
async function worksByHand(visit, factory, page) {
  const row = (step) => page.locator('.step-rows li', { hasText: step }).filter({ hasText: 'Caen' });
  const take = async (step) => {
    await row(step).getByRole('button', { name: /^Compter/ }).click();
    await page.getByRole('dialog').getByLabel('Lot').selectOption({ label: 'LOT-serre-tete (12)' });
  };
  const waiting = async (step) => {
    const { items } = await factory.get('/api/v1/steps?site=caen&all=true');
    return items.find((item) => item.step === step).lots.find(({ lot }) => lot === 'LOT-serre-tete')?.waiting ?? 0;
  };
  const deburr = async () => {
    const sheet = page.getByRole('dialog');
    await take('Ébavurage');
    await sheet.getByRole('button', { name: /un de plus/ }).click();
    await sheet.getByRole('button', { name: 'C’est fait : 11' }).click();
    await sheet.getByText('Choisissez une raison').waitFor();
    await sheet.getByRole('button', { name: 'Fendu' }).click();
    await visit.check(page, 'a batch by hand');
    await visit.shot(page, 'batch-390', false);
    await sheet.getByRole('button', { name: 'C’est fait : 11' }).click();
    await page.getByText(/Ébavurage\s: 11 × Serre-tête/).waitFor();
  };
  await visit.see(page, '/');
  await page.getByRole('link', { name: /attendent une main/ }).click();
  await page.getByRole('heading', { name: /Atelier/ }).waitFor();
  await visit.check(page, 'work by hand on a phone');
  await visit.shot(page, 'steps-390');
  await deburr();
  assert.equal(await waiting('lavage'), 11);
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  await page.getByText(/attendent de nouveau/).waitFor();
  assert.deepEqual([await waiting('ebavurage'), await waiting('lavage')], [12, 0], 'a batch that is taken back waits again, scrap too');
  await deburr();
  await page.setViewportSize(DESK);
  await visit.check(page, 'work by hand');
  await visit.shot(page, 'steps-1440');
  await row('Lavage').getByRole('button', { name: /^Compter/ }).click();
  await visit.shot(page, 'batch-1440', false);
  await page.setViewportSize(PHONE);
  await page.getByRole('dialog').getByRole('button', { name: /^C’est fait/ }).click();
  await page.getByText(/Lavage\s: 11 × Serre-tête/).waitFor();
  assert.equal(await waiting('lavage'), 0);
  await visit.see(page, '/steps');
  const done = page.locator('.batches > li').filter({ hasText: '11 × Serre-tête, Lavage' }).first();
  await done.getByRole('button', { name: 'Annuler' }).click();
  await done.getByText('11 attendront de nouveau').waitFor();
  await visit.check(page, 'the last batches on a phone');
  await visit.shot(page, 'batches-390');
  await done.getByRole('group').getByRole('button', { name: 'Annuler' }).click();
  await page.locator('.batches > li').filter({ hasText: 'Lavage' }).nth(1).getByText('Annulé depuis.').waitFor(); // below what took it back
  assert.equal(await waiting('lavage'), 11, 'what was counted a while ago is taken back from the page');
  await row('Lavage').getByRole('button', { name: /^Compter/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^C’est fait/ }).click();
  await page.getByText(/Lavage\s: 11 × Serre-tête/).waitFor();
  await page.setViewportSize(DESK);
  await visit.check(page, 'the last batches');
  await visit.shot(page, 'batches-1440');
  await page.setViewportSize(PHONE);
  const english = await visit.page(PHONE, { locale: 'en-GB' });
  await visit.see(english, '/steps');
  await english.getByRole('heading', { name: /Hand work/ }).waitFor();
  await visit.check(english, 'work by hand in English');
  await english.context().close();
}

export async function makesKitsOfAnOrder(visit, factory) {
  const ordered = await orders(visit);
  const page = await visit.page(PHONE);
  await page.goto(`${visit.url}/stock`);
  const { parts } = await factory.get('/api/v1/status');
  for (const { id } of parts.filter(({ id }) => id !== 'repere-lot')) await factory.post('/api/v1/stock/receive', { site: 'caen', part: id, quantity: 12, lot: `LOT-${id}` });
  await page.getByText(/En attente de «\sÉbavurage\s»/).waitFor();
  await worksByHand(visit, factory, page);
  await page.goto(`${visit.url}/stock`);
  await fills(page, 'Recevoir', { choose: { Quoi: PARTS[2] }, type: { Combien: '3' } });
  await page.getByText(/Recevoir\s: 3 × Écran/).waitFor();
  await isNotAnswered(visit, factory, page);
  await page.locator('[data-bought="elastique"]').getByText('Élastique').waitFor();
  await fills(page, 'Assembler', { type: { Combien: '500' } });
  await page.getByRole('dialog').getByText(/500/).last().waitFor(); // not so many: it says what there is
  await page.getByRole('dialog').getByLabel('Combien').fill('5');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText(/Assembler\s: 5 ×/).waitFor();
  await page.getByText(/Ce qui manque le plus|En attente de/).waitFor();
  await visit.check(page, 'stock on a phone');
  await visit.shot(page, 'stock-390');
  await page.setViewportSize(DESK);
  await visit.shot(page, 'stock-1440');
  await readsALot(visit, page, factory);
  const row = ordered.locator('[data-order]', { hasText: 'EHPAD Les Tilleuls' });
  await row.getByText('5 kits prêts').waitFor();
  const { today } = await factory.get('/api/v1/status');
  assert.equal(today.done, 5, 'kits put together today are what today has done');
  await ordered.goto(`${visit.url}/`); // the forecast may come later
  await ordered.locator('section', { has: ordered.locator('#order-first') }).getByText('sur 20').waitFor();
  await ordered.getByText('Ce qui limite').waitFor();
  await visit.check(ordered, 'today with an order');
  await visit.shot(ordered, 'today-order-1440');
  await ordered.context().close();
  await page.context().close();
}
