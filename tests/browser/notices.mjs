// SPDX-License-Identifier: Apache-2.0
// Somebody asks to be told: a form that says what is wrong, a rule that can be tried out, and no secret on the page.
import assert from 'node:assert/strict';
import { DESK, PHONE } from './visit.mjs';

export async function asksToBeTold(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/account`);
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'M’avertir' }) });
  await card.getByText('Vous n’êtes averti de rien.').waitFor();
  await card.getByText('Pas de mail').waitFor();
  const add = card.getByRole('button', { name: 'M’avertir' });
  await card.getByRole('combobox', { name: 'Quand' }).selectOption('down');
  await card.getByRole('combobox', { name: 'Par', exact: true }).selectOption('ntfy');
  await card.getByLabel('Adresse').fill('ntfy.sh/sujet');
  await add.click();
  await card.getByText('Écrivez une adresse qui commence par').waitFor();
  await card.getByLabel('Adresse').fill('http://127.0.0.1/sujet');
  await add.click();
  await card.getByText('réseau privé').waitFor();
  await card.getByLabel('Adresse').fill('https://ntfy.usine.invalid/sujet-secret');
  await card.getByLabel('Heures de silence').fill('la nuit');
  await add.click();
  await card.getByText('Écrivez par exemple 22:00-07:00.').waitFor();
  await card.getByLabel('Heures de silence').fill('22:00 - 07:00');
  await add.click();
  const row = card.locator('.plain-rows > li', { hasText: 'Une machine est à l’arrêt' });
  await row.getByText('https://ntfy.usine.invalid/… · Tous les sites · après 1 min · silence 22:00–07:00').waitFor();
  assert.ok(!(await page.content()).includes('sujet-secret'), 'the address is as good as a password');
  await row.getByRole('button', { name: 'Essayer' }).click(); // nobody is there
  await row.getByText('Le dernier message n’est pas arrivé').waitFor();
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    await visit.check(page, `notices at ${viewport.width}`);
    await visit.shot(page, `notices-${viewport.width}`);
  }
  await row.getByRole('button', { name: 'Ne plus avertir' }).click();
  await row.locator('.sure').getByRole('button', { name: 'Ne plus avertir' }).click();
  await card.getByText('Vous n’êtes averti de rien.').waitFor();
  await page.context().close();
}
