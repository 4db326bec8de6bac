// SPDX-License-Identifier: Apache-2.0
// What is coming and who takes which part of it: shares of a job, a change of material, the figures behind a week, "what if".
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { waitFor } from './factory.mjs';
import { DESK, PHONE } from './visit.mjs';

// How a job is shared out adds up to what is owed; a table on the desk, the same on a phone.
export async function seesShares(visit, factory) {
  const page = await visit.page(DESK);
  await visit.see(page, '/queue');
  await page.getByRole('button', { name: /^Répartition Serre-tête/ }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('row', { name: /Total/ }).waitFor();
  const told = Number((await sheet.locator('tfoot td').first().innerText()).replace(/\D/g, ''));
  const rows = await sheet.locator('tbody tr').evaluateAll((all) => all.map((row) => Number(row.querySelector('td').textContent.replace(/\D/g, ''))));
  assert.ok(rows.length > 1 && rows.reduce((sum, n) => sum + n, 0) === told, `${rows} add up to ${told}`);
  const { items } = await factory.get('/api/v1/jobs');
  const job = items.find(({ part }) => part === 'serre-tete');
  assert.ok(told > 0 && told <= job.quantity, 'not more than is asked for');
  await visit.check(page, 'shares of a job');
  await visit.shot(page, 'shares-1440', false);
  await page.setViewportSize(PHONE);
  await visit.shot(page, 'shares-390', false);
  await page.context().close();
}

// A machine that cannot go on with what is loaded asks for the right material; two taps later it works.
export async function changesMaterial(visit, factory) {
  const { machines } = await factory.get('/api/v1/status');
  const { id } = machines.find((one) => one.model === 'prusa-mk3' && one.state === 'idle' && one.bed !== 'clear');
  const machine = async () => (await factory.get('/api/v1/status')).machines.find((one) => one.id === id);
  await factory.post(`/api/v1/machines/${id}/load`, { material: 'PLA' });
  await factory.post(`/api/v1/machines/${id}/clear`);
  await waitFor(`${id} asks for PETG`, 30, async () => (await machine()).material_wanted === 'PETG');
  const page = await visit.page(PHONE, { hasTouch: true });
  await visit.see(page, '/machines');
  const tile = page.locator(`[data-machine="${id}"]`);
  await tile.getByText('Charger PETG').waitFor();
  await visit.see(page, `/machines/${id}`);
  await page.getByRole('button', { name: 'Charger PETG' }).tap();
  const sheet = page.getByRole('dialog');
  await sheet.getByText(/PLA est monté/).waitFor();
  await visit.check(page, 'a material to load');
  await visit.shot(page, 'load-390', false);
  await sheet.getByLabel('Lot de la bobine').fill('BOB-77');
  await sheet.getByRole('button', { name: 'PETG est chargé' }).tap();
  await sheet.waitFor({ state: 'detached' });
  await waitFor(`${id} works`, 30, async () => (await machine()).run !== null);
  const now = await machine();
  assert.deepEqual([now.material, now.material_lot, now.material_wanted], ['PETG', 'BOB-77', '']);
  await page.getByText('PETG · BOB-77').waitFor();
  await page.context().close();
}

// Any choice of groups adds up to the same pieces; a day of a machine is never longer than a day; files hold what is shown.
export async function readsEffectiveness(visit, factory) {
  const { id } = await waitFor('a machine has finished', 120, async () =>
    (await factory.get('/api/v1/status')).machines.find((one) => one.id !== 'caen-p01' && one.waiting_for === 'clear' && one.last_run?.outcome === 'finished'),
  );
  await factory.post(`/api/v1/machines/${id}/clear`);
  const page = await visit.page(DESK);
  await visit.see(page, '/production');
  const groups = page.locator('section', { has: page.locator('#groups') });
  await groups.getByText('Disponibilité').first().waitFor();
  const good = () => groups.locator('.group-table tbody tr').evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.querySelector('td.num').textContent.replace(/\D/g, '')), 0));
  const bySite = await good();
  await groups.getByRole('button', { name: 'Modèle' }).click();
  await groups.getByRole('columnheader', { name: 'Modèle' }).waitFor();
  await groups.getByRole('button', { name: 'Site' }).click();
  await waitFor('the same pieces by model', 10, async () => (await groups.getByRole('columnheader', { name: 'Site' }).count()) === 0 && (await good()) >= bySite);
  assert.ok(bySite > 0);
  const [download] = await Promise.all([page.waitForEvent('download'), groups.getByRole('button', { name: 'JSON' }).click()]);
  const rows = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.ok(rows.length > 1 && rows.every((row) => row.model !== undefined && row.site === undefined && row.running_s >= 0), JSON.stringify(rows[0]));
  const days = page.locator('section', { has: page.locator('#machine-days') });
  await days.getByText('Voir les chiffres').click();
  assert.equal(await days.locator('tbody tr').count(), 80);
  const [figures] = await Promise.all([page.waitForEvent('download'), days.getByRole('button', { name: 'JSON' }).click()]);
  const sums = JSON.parse(readFileSync(await figures.path(), 'utf8'));
  const adds = ({ running_s, heating_s, waiting_s, idle_s, down_s, offline_s, sum_s }) => Math.abs(running_s + heating_s + waiting_s + idle_s + down_s + offline_s - sum_s) < 0.01 && sum_s > 0 && sum_s <= 90000;
  assert.ok(sums.length === 80 && sums.every(adds), JSON.stringify(sums[0]));
  const { items } = await factory.get('/api/v1/throughput?group=machine');
  assert.ok(items.length >= 80);
  await visit.check(page, 'effectiveness');
  await visit.shot(page, 'oee-1440');
  await page.setViewportSize(PHONE);
  await visit.see(page, '/production');
  await visit.check(page, 'effectiveness on a phone');
  await visit.shot(page, 'oee-390');
  await page.context().close();
}

// Three printers more and longer hours: what the forecast says now and then, and one of the changes taken back.
export async function asksWhatIf(visit, factory) {
  await factory.post('/api/v1/orders', { product: 'visiere', quantity: 300 });
  await factory.post('/api/v1/stock/receive', { site: 'caen', part: 'elastique', quantity: 1000, lot: 'EL-1' });
  const page = await visit.page(PHONE);
  await visit.see(page, '/more');
  await page.getByRole('link', { name: 'Et si…' }).click();
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByText(/^3 .* de plus à/).waitFor();
  await page.getByLabel('Changer').selectOption({ label: 'fermer un site' });
  await page.getByLabel(/^Site/).selectOption({ label: 'Rouen' });
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByRole('button', { name: 'Calculer' }).click();
  await page.getByRole('columnheader', { name: 'Avec ces changements' }).waitFor();
  await page.getByRole('row', { name: /kit|Visière/i }).first().waitFor();
  await visit.check(page, 'what if on a phone');
  await visit.shot(page, 'what-if-390');
  await page.getByRole('button', { name: /^Enlever.*Rouen/ }).click();
  await page.getByRole('button', { name: 'Calculer' }).click();
  await page.getByText(/Les kits arriveraient|Cela ne change/).waitFor();
  await page.setViewportSize(DESK);
  await visit.check(page, 'what if');
  await visit.shot(page, 'what-if-1440');
  await page.context().close();
}
