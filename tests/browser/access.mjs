// SPDX-License-Identifier: Apache-2.0
// Getting in, by clicks: the first start, login, a session that ends, a dangerous act.
import assert from 'node:assert/strict';
import { DESK } from './visit.mjs';

export const ADMIN = { login: 'nadia.l', name: 'Nadia L.', password: 'trois mots de passe' };
export const OPERATOR = { login: 'ines.m', name: 'Inès M.', password: 'quatre mots de passe', pin: '2580' };

// Nobody has an account: the page says where the link is; the link makes the admin, once.
export async function startsFirst(visit, factory) {
  const link = factory.firstLink();
  const page = await visit.page(DESK);
  await page.goto(visit.url);
  await page.getByRole('heading', { name: 'Personne n’a encore de compte' }).waitFor();
  await visit.both(page, 'no-account');
  await page.goto(link);
  await page.getByLabel('Votre nom').fill(ADMIN.name);
  assert.equal(await page.getByLabel('Identifiant').inputValue(), ADMIN.login, 'the login is made of the name');
  await page.getByLabel('Mot de passe', { exact: true }).fill('court');
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await page.getByText('Il en faut dix ou plus').waitFor();
  await visit.both(page, 'first');
  await page.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Créer le compte' }).click();
  await page.getByRole('heading', { level: 1, name: /pièces bonnes/ }).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the code does not stay in the address');
  visit.cookie = await factory.follow(page.context());

  const late = await visit.page(DESK, {}, null);
  await late.goto(link);
  await late.getByLabel('Votre nom').fill('Un autre');
  await late.getByLabel('Mot de passe', { exact: true }).fill('encore trois mots');
  await late.getByRole('button', { name: 'Créer le compte' }).click();
  await late.getByText('Ce lien ne vaut plus').waitFor();
  await late.context().close();
}

export async function enter(page, { login, password }) {
  await page.getByLabel('Identifiant').fill(login);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

// A wrong password says no more than that; the right one leads to the page that was asked for; leaving leaves nothing.
export async function logsInAndOut(visit) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(`${visit.url}/programs`);
  await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  await visit.both(page, 'login');
  await enter(page, { login: ADMIN.login, password: 'pas le bon mot' });
  const wrong = page.getByText('L’identifiant ou le mot de passe n’est pas le bon.');
  await wrong.waitFor();
  assert.equal(await page.getByLabel('Identifiant').inputValue(), ADMIN.login, 'what was typed stays');
  await enter(page, { login: 'personne', password: 'pas le bon mot' });
  await wrong.waitFor();
  for (let i = 0; i < 8 && !(await page.getByText('Trop d’essais').isVisible()); i++) {
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForTimeout(700);
  }
  await page.getByText('Trop d’essais').waitFor();
  await visit.check(page, 'too many tries');
  await visit.shot(page, 'login-too-many-1440');
  await page.getByRole('button', { name: 'Se connecter', disabled: false }).waitFor();
  await enter(page, ADMIN);
  await page.getByRole('heading', { level: 1, name: 'Programmes' }).waitFor();
  await page.getByRole('link', { name: /Mon compte/ }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Se connecter' }).waitFor();
  await page.waitForFunction(() => localStorage.getItem('usine.last') === 'null'); // nothing of theirs stays in the browser: the stream's end may show the login first
  assert.equal(await page.evaluate(async () => (await fetch('/api/v1/status')).status), 401);
  await page.context().close();
}

// A session that ends while somebody types: the text stays, and what they asked for goes on after the login.
export async function keepsWhatWasTyped(visit, factory) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(`${visit.url}/queue`);
  await enter(page, ADMIN);
  await page.getByRole('button', { name: 'Nouveau travail' }).click();
  const sheet = page.getByRole('dialog', { name: 'Nouveau travail' });
  await sheet.getByLabel('Quelle pièce').selectOption('renfort-bas');
  await sheet.getByLabel('Quantité de pièces bonnes').fill('12');
  await sheet.getByLabel(/^Note/).fill('pour la porte');
  const add = await sheet.getByRole('button', { name: 'Ajouter' }).elementHandle();
  await page.context().clearCookies();
  await add.evaluate((button) => button.click()); // the page may notice by itself meanwhile, and cover the button
  const ask = page.getByRole('dialog', { name: 'Se connecter' });
  await ask.getByText('Session finie').waitFor();
  await visit.check(page, 'a session that ended');
  await visit.shot(page, 'session-ended-1440', false);
  await ask.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
  await ask.getByRole('button', { name: 'Se connecter' }).click();
  await page.locator('ol.jobs > li', { hasText: 'pour la porte' }).waitFor();
  await factory.follow(page.context());
  await page.context().close();
}

// Two tabs, and a login in one: the other's token is out of date, which nobody notices. A dangerous act asks the password.
export async function asksPasswordOnTheSpot(visit) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(`${visit.url}/account`);
  await enter(page, ADMIN);
  await page.getByLabel('Votre nom').fill(`${ADMIN.name}arc`);
  const other = await page.context().newPage();
  await other.goto(visit.url);
  const again = await other.evaluate(async (who) => (await fetch('/api/v1/login', { method: 'POST', body: JSON.stringify(who) })).status, { login: ADMIN.login, password: ADMIN.password });
  assert.equal(again, 200);
  await page.getByRole('button', { name: 'Enregistrer' }).first().click();
  await page.getByText('Enregistré.').waitFor();
  await page.getByLabel('Votre nom').fill(ADMIN.name);
  await page.getByRole('button', { name: 'Enregistrer' }).first().click();
  await page.getByRole('button', { name: 'Enregistrer', disabled: true }).first().waitFor();

  // Five minutes later, as the daemon would say it.
  await page.route('**/api/v1/me/keys', (route) =>
    route.fulfill({ status: 403, contentType: 'application/json', body: '{"error":{"code":"reauthenticate","message":"give your password again for this"}}' }), { times: 1 });
  await page.getByLabel('Nom de la clé').fill('PC atelier');
  await page.getByRole('button', { name: 'Créer une clé' }).click();
  const ask = page.getByRole('dialog', { name: 'Votre mot de passe' });
  await ask.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot');
  await ask.getByRole('button', { name: 'Continuer' }).click();
  await ask.getByText('Ce n’est pas le bon mot de passe.').waitFor();
  await visit.check(page, 'the password again');
  await visit.shot(page, 'reauthenticate-1440', false);
  await page.waitForTimeout(1100);
  await ask.getByLabel('Mot de passe', { exact: true }).fill(ADMIN.password);
  await ask.getByRole('button', { name: 'Continuer' }).click();
  await page.getByText('Montrée cette seule fois').waitFor();
  await visit.both(page, 'account');
  await page.context().close();
}
