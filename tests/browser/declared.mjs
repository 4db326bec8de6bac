// SPDX-License-Identifier: Apache-2.0
// Made elsewhere: a coordinator makes a link, its maker declares on a phone that knows nobody, an operator counts it in.
import assert from 'node:assert/strict';
import { DESK, PHONE } from './visit.mjs';

const WHAT = 'Serre-tête';

async function makesLink(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/stock`);
  await page.getByRole('button', { name: 'Nouveau lien' }).click();
  const sheet = page.getByRole('dialog');
  const send = () => sheet.getByRole('button', { name: 'Nouveau lien' }).click();
  await sheet.getByLabel('Qui fabrique').fill('Anne <img src=x>');
  await send();
  await sheet.getByText('Cochez au moins une pièce.').waitFor();
  await sheet.getByLabel(WHAT, { exact: true }).check();
  await sheet.getByLabel('Caen', { exact: true }).check();
  await sheet.getByLabel('Comment joindre').fill('anne@example.org');
  await visit.check(page, 'a new declaration link');
  await visit.shot(page, 'maker-form-1440');
  await send();
  const link = await sheet.getByLabel('Fabriqué ailleurs').inputValue();
  await visit.check(page, 'a declaration link');
  await visit.shot(page, 'maker-link-1440');
  await sheet.getByRole('button', { name: 'Fermer' }).click();
  await page.locator('[data-maker]', { hasText: 'anne@example.org' }).waitFor();
  return { page, path: new URL(link).pathname + new URL(link).hash };
}

async function declares(visit, path) {
  const page = await visit.page(PHONE, {}, null); // no cookie: nobody has logged in
  const shown = [];
  page.on('request', (request) => shown.push(`${request.url()} ${request.headers().referer ?? ''} ${request.headers().cookie ?? ''}`));
  await page.goto(visit.url + path);
  await page.getByText('Anne <img src=x>, dites ce que vous avez fait').waitFor();
  await page.getByRole('button', { name: 'Déclarer' }).click();
  await page.getByText('Un nombre entier de 1 à').waitFor();
  await page.getByLabel('Combien de bonnes pièces').fill('12');
  await page.getByLabel('Matière').fill('PETG');
  await page.getByLabel('Mot pour le site').fill('sac bleu <b>ici</b>');
  await visit.check(page, 'declaring');
  await visit.shot(page, 'declare-390');
  await page.getByRole('button', { name: 'Déclarer' }).click();
  await page.getByText('Écrivez ce lot sur le sac').waitFor();
  await page.getByLabel('Combien de bonnes pièces').fill('3');
  await page.getByRole('button', { name: 'Déclarer' }).click();
  const three = page.locator('[data-declaration]', { hasText: '3 ×' });
  await three.getByText('Attend d’être reçue').waitFor();
  await three.getByRole('button', { name: 'Retirer' }).click();
  await three.getByRole('group').getByRole('button', { name: 'Retirer' }).click();
  await three.getByText('Retirée').waitFor();
  const secret = path.split('#')[1];
  assert.ok(!shown.some((text) => text.includes(secret)), 'the secret stands in no address, Referer or cookie');
  return page;
}

async function countsIn(visit) {
  const page = await visit.page(PHONE);
  await visit.see(page, '/');
  await page.getByRole('link', { name: '1 livraison déclarée à recevoir.', exact: true }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: /^Plus 1 livraison déclarée à recevoir/ }).waitFor();
  await visit.both(page, 'today-to-receive');
  await page.setViewportSize(PHONE);
  await page.getByRole('link', { name: '1 livraison déclarée à recevoir.', exact: true }).click();
  await page.locator('section', { has: page.locator('#to-receive') }).getByText('sac bleu <b>ici</b>').waitFor();
  await visit.check(page, 'to receive on a phone');
  await visit.shot(page, 'to-receive-390');
  await page.getByRole('button', { name: /^Compter\s: 12 ×/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Bonnes pièces').fill('11');
  await sheet.getByLabel('Rebuts').fill('1');
  await sheet.getByRole('button', { name: 'Recevoir' }).click();
  await sheet.getByRole('button', { name: 'Tout refuser' }).click();
  await sheet.getByRole('group').getByRole('button', { name: 'Tout refuser' }).click();
  await sheet.getByText('Dites pourquoi vous refusez').waitFor();
  await sheet.getByRole('button', { name: 'Recevoir' }).click();
  await sheet.getByText('Dites ce qui ne va pas').waitFor();
  await sheet.getByLabel('Motif').fill('fissuré');
  await visit.check(page, 'counting in');
  await visit.shot(page, 'receive-390');
  await sheet.getByRole('button', { name: 'Recevoir' }).click();
  await page.getByText(/11 × .* en stock, lot D/).waitFor();
  return page;
}

export async function receivesWhatWasMadeElsewhere(visit, factory) {
  const there = async () => (await factory.get('/api/v1/stock')).sites.find(({ id }) => id === 'caen').parts['serre-tete'] ?? 0;
  const before = await there();
  const { page: coordinator, path } = await makesLink(visit);
  const maker = await declares(visit, path);
  assert.equal(await there(), before, 'what is declared is no stock yet');
  const operator = await countsIn(visit);
  assert.equal(await there(), before + 11);
  const [{ lot }] = (await factory.get('/api/v1/declarations?all=true')).items.filter(({ state }) => state === 'received');
  await visit.see(operator, `/lots/${lot}`);
  await operator.getByText('déclaré par Anne <img src=x>').waitFor();
  await visit.check(operator, 'a declared lot');
  await maker.reload();
  await maker.getByText('11 bonnes, 1 rebut').waitFor();
  await maker.getByText('fissuré').waitFor();
  await visit.both(maker, 'declared');
  await maker.getByRole('button', { name: 'English' }).click();
  await maker.getByText('Received: 11 good, 1 scrap').waitFor();
  const row = coordinator.locator('[data-maker]', { hasText: 'anne@example.org' });
  await visit.shot(coordinator, 'makers-1440');
  await row.getByRole('button', { name: /^Révoquer/ }).click();
  await row.getByRole('group').getByRole('button', { name: /^Révoquer/ }).click();
  await row.waitFor({ state: 'detached' });
  await maker.reload();
  await maker.getByText('This link is not valid any more').waitFor();
  await visit.check(maker, 'a link that is over');
  for (const page of [coordinator, maker, operator]) await page.context().close();
}
