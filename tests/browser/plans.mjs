// SPDX-License-Identifier: Apache-2.0
// What is coming and who takes which part of it: shares of a job, a change of material, the figures behind a week, "what if".
import assert from 'node:assert/strict';
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
