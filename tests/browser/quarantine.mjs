// SPDX-License-Identifier: Apache-2.0
// A bad lot is blocked with the kits it went into, found blocked, and released: by a coordinator's clicks.
import assert from 'node:assert/strict';
import { DESK, PHONE } from './visit.mjs';

const LOT = 'LOT-serre-tete';

async function blocks(visit, factory, page) {
  const held = async () => Object.fromEntries((await factory.get('/api/v1/status')).blocked.map(({ lot, quantity }) => [lot, quantity]));
  await visit.see(page, `/lots/${LOT}`);
  await page.getByRole('button', { name: 'Bloquer' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Sera retenu').waitFor();
  await sheet.getByText(/6 × Serre-tête, Caen/).waitFor();
  await sheet.getByRole('button', { name: 'Bloquer', exact: true }).click();
  await sheet.getByText('Dites pourquoi.').waitFor();
  await sheet.getByLabel('Aussi les kits où il est entré').check();
  await sheet.getByText(/ × Visière de protection, Caen/).waitFor();
  await sheet.getByLabel('Pourquoi').fill('fissures <b>à la branche</b>');
  await visit.check(page, 'blocking a lot on a phone');
  await visit.shot(page, 'lot-block-390');
  await sheet.getByRole('button', { name: 'Bloquer', exact: true }).click();
  await page.getByText('Bloqué : rien ne s’en sert.').waitFor();
  await visit.check(page, 'a blocked lot on a phone');
  await visit.shot(page, 'lot-blocked-390');
  const blocked = await held();
  assert.equal(blocked[LOT], 6);
  assert.equal(Object.keys(blocked).length, 2, 'with the lot of the kits it went into');
}

async function isFound(visit, page) {
  await visit.see(page, '/');
  await page.getByRole('link', { name: /2 lots bloqués attendent une décision/ }).click();
  await page.locator(`[data-blocked="${LOT}"]`).getByText('fissures <b>à la branche</b>').waitFor();
  await visit.both(page, 'stock-blocked');
  await page.setViewportSize(DESK);
  await visit.see(page, `/lots/${LOT}`);
  await page.getByText('Bloqué : rien ne s’en sert.').waitFor();
  await visit.check(page, 'a blocked lot');
  await visit.shot(page, 'lot-blocked-1440');
  const english = await visit.page(PHONE, { locale: 'en-GB' });
  await visit.see(english, `/lots/${LOT}`);
  await english.getByText('Blocked: nothing uses it.').waitFor();
  await visit.check(english, 'a blocked lot in English');
  await visit.shot(english, 'lot-blocked-en-390');
  await english.context().close();
}

async function isRefused(visit, page) {
  await visit.see(page, '/stock');
  await page.getByRole('button', { name: 'Jeter', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Remettre', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel(/^Site/).selectOption({ label: 'Caen' });
  await sheet.getByLabel(/^Quoi/).selectOption({ label: 'Serre-tête' });
  await sheet.getByLabel('Combien').fill('6');
  await sheet.getByRole('textbox', { name: 'Lot', exact: true }).fill(LOT);
  await sheet.getByLabel('Pour qui').fill('CHU');
  await sheet.getByRole('button', { name: 'Enregistrer' }).click();
  await sheet.getByText(/le lot LOT-serre-tete est bloqué par/).waitFor();
  await visit.check(page, 'a blocked lot is not given away');
  await visit.shot(page, 'blocked-refused-1440');
  await sheet.getByRole('button', { name: 'Fermer' }).click();
}

async function isReleased(visit, factory, page) {
  await visit.see(page, `/lots/${LOT}`);
  await page.getByRole('button', { name: 'Libérer' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Aussi les kits où il est entré').check();
  await sheet.getByLabel('Pourquoi').fill('contrôlé');
  await visit.check(page, 'releasing a lot');
  await visit.shot(page, 'lot-release-1440');
  await sheet.getByRole('button', { name: 'Libérer', exact: true }).click();
  await page.getByText('Bloqué : rien ne s’en sert.').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Libéré' }).waitFor();
  assert.deepEqual((await factory.get('/api/v1/status')).blocked, []);
}

// After makesKitsOfAnOrder: six pieces of the lot are left, five are in kits. All is as before in the end.
export async function blocksABadLot(visit, factory) {
  const page = await visit.page(PHONE);
  await blocks(visit, factory, page);
  await isFound(visit, page);
  await isRefused(visit, page);
  await isReleased(visit, factory, page);
  await page.context().close();
}
