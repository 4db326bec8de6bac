// SPDX-License-Identifier: Apache-2.0
// What is the admin's, by clicks: tokens, the record, sites and the backup.
import assert from 'node:assert/strict';
import { waitFor } from './factory.mjs';
import { DESK } from './visit.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>';

// A program's token: shown once, works, and does not from the moment it is revoked.
export async function makesAndRevokesToken(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/admin/tokens`);
  await page.getByRole('button', { name: 'Créer un jeton' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('À quoi il sert').fill(`Grafana ${HOSTILE}`);
  await visit.check(page, 'a new token');
  await visit.shot(page, 'admin-token-1440', false);
  await sheet.getByRole('button', { name: 'Créer un jeton' }).click();
  const secret = await sheet.getByLabel(/^Secret du jeton/).inputValue();
  await visit.check(page, 'a token shown once');
  const status = async () => (await fetch(`${visit.url}/api/v1/status`, { headers: { Authorization: `Bearer ${secret}` } })).status;
  assert.equal(await status(), 200);
  await page.keyboard.press('Escape');
  await visit.both(page, 'admin-tokens');
  await page.setViewportSize(DESK);
  const row = page.locator('.person-rows > li', { hasText: 'Grafana' });
  await row.getByRole('button', { name: /^Révoquer/ }).click();
  await row.getByRole('button', { name: /^Révoquer/ }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await status(), 401);
  await page.context().close();
}

// All that was done stands in the record, whose chain holds; the sites and the backup are there.
export async function readsTheRecord(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/admin/audit`);
  await page.getByRole('button', { name: 'Vérifier la chaîne' }).click();
  await page.getByText('La chaîne est intacte').waitFor();
  await visit.both(page, 'admin-audit');
  await page.setViewportSize(DESK);
  await page.getByLabel('Commande').fill('token.remove');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.locator('.audit-table tbody tr').first().getByText('Retirer un jeton').waitFor();
  await waitFor('only these', 10, async () => (await page.locator('.audit-table tbody tr').count()) === 1);
  await page.goto(`${visit.url}/admin/sites`);
  await page.getByRole('heading', { name: 'Rouen' }).waitFor();
  await visit.both(page, 'admin-sites');
  await page.setViewportSize(DESK);
  await page.goto(`${visit.url}/admin/backup`);
  await visit.check(page, 'backup');
  await visit.shot(page, 'admin-backup-1440', false);
  const wait = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Télécharger la sauvegarde' }).click();
  const file = await wait;
  assert.equal(await file.failure(), null);
  await page.context().close();
}

// Narrow, English, dark: nothing is wider than the screen, nothing unreadable.
export async function seesThemNarrow(visit) {
  const page = await visit.page({ width: 320, height: 640 }, { colorScheme: 'dark', locale: 'en-GB' });
  for (const path of ['/account', '/tablets', '/admin', '/admin/tokens', '/admin/audit', '/admin/sites', '/admin/backup']) {
    await visit.see(page, path);
    await visit.check(page, `${path} at 320, dark, English`);
    await visit.shot(page, `${path.slice(1).replace(/\//g, '-')}-dark-en-320`);
  }
  await page.context().close();
}
