// SPDX-License-Identifier: Apache-2.0
// What one operator may do, by clicks: her invitation, her workshop's tablet, her emergency stop, and the day she is shut out.
import assert from 'node:assert/strict';
import { OPERATOR, enter } from './access.mjs';
import { waitFor } from './factory.mjs';
import { DESK, PHONE } from './visit.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>';

// The admin adds an operator for one workshop; the link lets her choose a password; her code is for the tablet.
export async function invitesOperator(visit) {
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/admin`);
  await page.getByRole('button', { name: 'Ajouter une personne' }).click();
  const sheet = page.getByRole('dialog', { name: 'Ajouter une personne' });
  await sheet.getByLabel('Nom', { exact: true }).fill(OPERATOR.name);
  assert.equal(await sheet.getByLabel('Identifiant').inputValue(), OPERATOR.login);
  await sheet.getByText('De plus, à un site').click();
  await sheet.getByLabel('Rouen').selectOption('operator');
  await visit.check(page, 'a new person');
  await visit.shot(page, 'admin-add-1440', false);
  await sheet.getByRole('button', { name: 'Ajouter une personne' }).click();
  const link = await sheet.getByLabel(`Lien pour ${OPERATOR.name}`).inputValue();
  assert.ok(link.startsWith(`${visit.url}/invitation#`));
  await sheet.getByRole('img', { name: 'Code QR de ce lien' }).waitFor();
  await visit.check(page, 'an invitation');
  await visit.shot(page, 'admin-invited-1440', false);

  const phone = await visit.page(PHONE, {}, null);
  await phone.goto(link);
  await phone.getByLabel('Mot de passe', { exact: true }).fill(OPERATOR.password);
  await visit.both(phone, 'invitation');
  await phone.setViewportSize(PHONE);
  await phone.getByRole('button', { name: 'Enregistrer et entrer' }).click();
  await phone.getByRole('heading', { level: 1, name: /pièces bonnes/ }).waitFor();
  await phone.goto(`${visit.url}/account`);
  await phone.getByLabel('Nouveau code').fill(OPERATOR.pin);
  await phone.locator('section', { hasText: 'Code pour les tablettes' }).getByRole('button', { name: 'Enregistrer' }).click();
  await phone.getByText('Code enregistré.').waitFor();
  await phone.context().close();

  await page.keyboard.press('Escape');
  await page.locator('.person-rows > li', { hasText: OPERATOR.name }).getByText('Opère').waitFor();
  await visit.both(page, 'admin');
  await page.context().close();
}

// What she may not do is not there; what a page of hers would force is refused, and she reads why.
export async function seesOnlyWhatSheMay(visit, factory) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(`${visit.url}/machines/caen-p02`);
  await enter(page, OPERATOR);
  await page.getByRole('heading', { level: 1, name: /Caen P02/ }).waitFor();
  for (const name of ['Pause', 'Annuler l’impression', 'Mettre hors service', 'Envoyer', 'Arrêter Caen P02'])
    assert.equal(await page.getByRole('button', { name }).count(), 0, `${name} is not offered at another site`);
  for (const name of ['Technique', 'Admin']) assert.equal(await page.getByRole('link', { name, exact: true }).count(), 0, `${name} is not offered`);
  await visit.check(page, 'a machine of another site');
  await visit.shot(page, 'machine-of-others-1440');
  const forced = await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/me')).json();
    const send = async (path) => (await fetch(path, { method: 'POST', headers: { 'Usine-Csrf': csrf }, body: '{}' })).status;
    return [await send('/api/v1/machines/caen-p02/out'), await send('/api/v1/estop'), await send('/api/v1/jobs')];
  });
  assert.deepEqual(forced, [403, 403, 403]);
  assert.ok(!(await factory.machine('caen-p02')).flags.includes('out-of-service'));
  await page.goto(`${visit.url}/queue`);
  await page.getByRole('heading', { level: 1, name: 'File de travail' }).waitFor();
  for (const name of ['Nouveau travail', 'Retenir', 'Monter', 'Annuler le travail']) assert.equal(await page.getByRole('button', { name }).count(), 0, `${name} is not offered`);
  await page.goto(`${visit.url}/programs`);
  await page.getByRole('heading', { level: 1, name: 'Programmes' }).waitFor();
  assert.equal(await page.locator('input[type=file]').count(), 0, 'no upload is offered');
  await page.goto(`${visit.url}/admin`);
  await page.getByText('Cette page demande un autre rôle').waitFor();
  await page.goto(`${visit.url}/machines/rouen-p02`);
  await page.getByRole('button', { name: 'Vider', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Plateau vide' }).click();
  await waitFor('the bed is clear', 10, async () => (await factory.machine('rouen-p02')).bed === 'clear');
  assert.equal(await page.getByRole('button', { name: 'Mettre hors service' }).count(), 0, 'that is for technicians');
  await page.context().close();
}

// An operator shows a code, the tablet opens it and belongs to the workshop; a name and a code make it hers for a while.
export async function pairsTablet(visit, factory) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(`${visit.url}/tablets`);
  await enter(page, OPERATOR);
  await page.getByLabel('Nom de la tablette').waitFor();
  assert.deepEqual(await page.getByLabel('Site').locator('option').allInnerTexts(), ['Rouen'], 'only her own sites');
  await page.getByLabel('Nom de la tablette').fill(`Porte ${HOSTILE}`);
  await page.getByRole('button', { name: 'Montrer le code' }).click();
  await page.getByRole('img', { name: 'Code QR de ce lien' }).waitFor();
  await visit.both(page, 'tablets');
  const link = await page.locator('.link-card input').inputValue();

  const tablet = await visit.page(PHONE, { hasTouch: true }, null);
  await tablet.goto(link);
  await visit.both(tablet, 'pairing');
  await tablet.setViewportSize(PHONE);
  await tablet.getByRole('button', { name: 'Jumeler' }).tap();
  await tablet.getByText('Tablette de Rouen').waitFor();
  await page.locator('.plain-rows > li', { hasText: HOSTILE }).waitFor();

  await tablet.goto(`${visit.url}/machines/rouen-p03`);
  await tablet.getByRole('button', { name: 'C’est moi…' }).tap();
  await visit.check(tablet, 'who are you');
  await visit.shot(tablet, 'tablet-who-390', false);
  await tablet.getByRole('button', { name: OPERATOR.name }).tap();
  for (const digit of '9731') await tablet.getByRole('button', { name: digit, exact: true }).tap();
  await tablet.getByRole('button', { name: 'Valider' }).tap();
  await tablet.getByText('Ce n’est pas le bon code.').waitFor();
  for (const digit of OPERATOR.pin) await tablet.getByRole('button', { name: digit, exact: true }).tap();
  await visit.check(tablet, 'a tablet code');
  await visit.shot(tablet, 'tablet-pin-390', false);
  await tablet.waitForTimeout(1100);
  await tablet.getByRole('button', { name: 'Valider' }).tap();
  await tablet.getByRole('button', { name: 'Partir' }).waitFor();
  const empty = async (id) => {
    await tablet.getByRole('button', { name: 'Vider', exact: true }).tap();
    await tablet.getByRole('dialog').getByRole('button', { name: 'Plateau vide' }).tap();
    return () => waitFor(`the bed of ${id} is clear`, 10, async () => (await factory.machine(id)).bed === 'clear');
  };
  await visit.check(tablet, 'a tablet in use');
  await visit.shot(tablet, 'tablet-machine-390');
  await (await empty('rouen-p03'))();
  await tablet.getByRole('button', { name: 'Partir' }).tap();
  await tablet.getByText('personne ne s’est annoncé').waitFor();

  // She has left. The tablet still offers what operators do, and asks who it is before it does it.
  await tablet.goto(`${visit.url}/machines/rouen-p04`);
  const done = await empty('rouen-p04');
  await tablet.getByRole('dialog', { name: 'Qui êtes-vous ?' }).getByRole('button', { name: OPERATOR.name }).tap();
  assert.equal((await factory.machine('rouen-p04')).bed, 'uncertain', 'nothing is done for nobody');
  for (const digit of OPERATOR.pin) await tablet.getByRole('button', { name: digit, exact: true }).tap();
  await tablet.getByRole('button', { name: 'Valider' }).tap();
  await done();

  const audit = await factory.get('/api/v1/audit?command=machine.clear');
  assert.deepEqual(audit.items.filter(({ status }) => status < 400).slice(0, 2).map(({ who, object }) => [who, object]), [[OPERATOR.login, 'rouen-p04'], [OPERATOR.login, 'rouen-p03']], 'the record names the person, not the tablet');
  await tablet.context().close();
  await page.context().close();
}

// A tablet that nobody touches forgets who was there, although its pages read all the time.
export async function forgetsWhoLeft(visit) {
  const tablet = await visit.page(PHONE, { hasTouch: true }, null);
  const admin = await visit.page(DESK);
  await admin.goto(`${visit.url}/tablets`);
  await admin.getByLabel('Nom de la tablette').fill('Courte');
  await admin.getByRole('button', { name: 'Montrer le code' }).click();
  await tablet.route('**/api/v1/pin', async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: answer.ok() ? { ...body, idle_s: 8 } : body });
  });
  await admin.getByLabel('Site').selectOption('rouen');
  await admin.getByRole('button', { name: 'Montrer le code' }).click();
  await admin.waitForTimeout(500);
  await tablet.goto(await admin.locator('.link-card input').inputValue());
  await tablet.getByRole('button', { name: 'Jumeler' }).tap();
  await tablet.getByRole('button', { name: 'C’est moi…' }).tap();
  await tablet.getByRole('button', { name: OPERATOR.name }).tap();
  for (const digit of OPERATOR.pin) await tablet.getByRole('button', { name: digit, exact: true }).tap();
  await tablet.getByRole('button', { name: 'Valider' }).tap();
  await tablet.getByText(/se ferme dans/).waitFor();
  await visit.check(tablet, 'a tablet about to close');
  await visit.shot(tablet, 'tablet-ends-390', false);
  await tablet.getByText('personne ne s’est annoncé').waitFor();
  await tablet.context().close();
  await admin.context().close();
}

// The emergency stop is hers at her own workshop, and only there.
export async function stopsHerWorkshop(visit, factory) {
  const page = await visit.page(DESK, {}, null);
  await page.goto(visit.url);
  await enter(page, OPERATOR);
  await page.getByRole('link', { name: /^Machines/ }).click();
  await page.locator('.stop-site').waitFor();
  assert.deepEqual(await page.locator('.stop-site').allInnerTexts(), ['Arrêter le site']);
  await page.getByRole('button', { name: 'Arrêt d’urgence' }).click();
  assert.deepEqual(await page.locator('.stop-panel .radio').allInnerTexts(), ['Ce site\u202f: Rouen (8)']);
  await page.getByRole('button', { name: 'Maintenir pour arrêter' }).click({ delay: 1000 });
  await page.getByText('Arrêtées : 8 sur 8').waitFor();
  const { machines } = await factory.get('/api/v1/status');
  assert.deepEqual([...new Set(machines.filter(({ state }) => state === 'locked').map(({ site }) => site))], ['rouen']);
  await visit.check(page, 'her emergency stop');
  await visit.shot(page, 'stop-own-site-1440', false);
  await page.context().close();
}

// She is shut out while her page is open.
export async function shutsOut(visit) {
  const hers = await visit.page(DESK, {}, null);
  await hers.goto(visit.url);
  await enter(hers, OPERATOR);
  await hers.getByRole('heading', { level: 1, name: /pièces bonnes/ }).waitFor();
  const page = await visit.page(DESK);
  await page.goto(`${visit.url}/admin`);
  await page.getByRole('button', { name: `Voir ${OPERATOR.name}` }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Bloquer' }).click();
  await visit.check(page, 'a person');
  await visit.shot(page, 'admin-person-1440', false);
  await sheet.locator('.sure').getByRole('button', { name: 'Bloquer' }).click();
  await sheet.getByRole('button', { name: 'Laisser entrer' }).waitFor();
  await hers.getByText('Session finie').waitFor();
  await enter(hers, { ...OPERATOR });
  await hers.getByText('L’identifiant ou le mot de passe n’est pas le bon.').waitFor();
  await hers.context().close();
  await page.context().close();
}
