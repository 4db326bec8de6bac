// SPDX-License-Identifier: Apache-2.0
// run.mjs BUILD SHOTS: the pages in a real browser, against emulated machines; pictures go to the folder SHOTS.
import { tokenFaults } from './contrast.mjs';
import { blocksABadLot } from './quarantine.mjs';
import { receivesWhatWasMadeElsewhere } from './declared.mjs';
import { Factory } from './factory.mjs';
import * as floor from './floor.mjs';
import * as goods from './goods.mjs';
import { logic } from './logic.mjs';
import * as person from './person.mjs';
import * as plans from './plans.mjs';
import * as told from './told.mjs';
import { DESK, PHONE, Visit } from './visit.mjs';

const [build, shots] = process.argv.slice(2);
const ONLY = new RegExp(process.env.USINE_WALKS ?? ''); // for whoever works on one of them
const PAGES = ['/', '/machines', '/machines/caen-p02', '/machines/caen-l01', '/queue', '/programs', '/production', '/technical', '/machines/caen-p02/label', '/more'];

// prettier-ignore
const PROGRAMS = [
  ['impression/mk3_serre-tete_x1_0.20.gcode', 'prusa-mk3', 'serre-tete', 1],
  ['impression/ender3_serre-tete_x1_0.28.gcode', 'ender-3', 'serre-tete', 1],
  ['impression/ramps_serre-tete_pile2_0.28.gcode', 'ramps', 'serre-tete', 2],
  ['impression/mk3_renfort_plateau4_0.20.gcode', 'prusa-mk3', 'renfort-bas', 4],
  ['laser/grbl_ecran_2x1_600x400.nc', 'grbl-600x400', 'ecran', 2],
  ['laser/grbl_ecran_3x2_900x600.nc', 'grbl-900x600', 'ecran', 6],
];

// Work for most of the factory; every fourth machine waits for a person, as does the one the person takes.
async function setToWork(factory) {
  for (const program of PROGRAMS) await factory.addProgram(...program);
  await factory.post('/api/v1/jobs', { part: 'serre-tete', quantity: 5000 });
  await factory.post('/api/v1/jobs', { part: 'ecran', quantity: 5000 });
  await factory.post('/api/v1/jobs', { part: 'renfort-bas', quantity: 200, priority: 4, sites: ['caen', 'rouen'] });
  const { machines } = await factory.get('/api/v1/status');
  const ready = machines.filter(({ id }, i) => i % 4 !== 3 && id !== 'caen-p01');
  for (const { id } of ready) await factory.post(`/api/v1/machines/${id}/clear`);
}

const nameOf = (path) => path.slice(1).replace(/\//g, '-') || 'today';

async function seesEveryPage(visit) {
  for (const viewport of [PHONE, DESK]) {
    const page = await visit.page(viewport);
    for (const path of PAGES) {
      await visit.see(page, path);
      await visit.check(page, `${path} at ${viewport.width}`);
      await visit.shot(page, `${nameOf(path)}-${viewport.width}`);
    }
    await page.context().close();
  }
}

async function seesTheDarkAndEnglish(visit) {
  const page = await visit.page(DESK, { colorScheme: 'dark', locale: 'en-GB' });
  for (const path of ['/', '/machines', '/queue']) {
    await visit.see(page, path);
    await visit.check(page, `${path} dark, English`);
    await visit.shot(page, `${nameOf(path)}-dark-en-1440`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of PAGES) {
    await visit.see(page, path);
    await visit.check(page, `${path} at 320`);
  }
  await page.context().close();
}

async function seesTheWall(visit) {
  const page = await visit.page({ width: 1920, height: 1080 });
  await visit.see(page, '/mur');
  await visit.check(page, '/mur');
  await visit.shot(page, 'wall-1920', false);
  await page.context().close();
}

const STEPS = [
  ['a person uploads a program; a bad one is refused by line', (visit) => person.uploadsProgram(visit)],
  ['asks for pieces', (visit) => person.asksForPieces(visit)],
  ['empties a bed by two taps; the run starts', person.emptiesBed],
  ['every page, 390 and 1440', (visit) => seesEveryPage(visit)],
  ['dark, English, 320', (visit) => seesTheDarkAndEnglish(visit)],
  ['the wall', (visit) => seesTheWall(visit)],
  ['looks back: a page opened now shows what was', floor.looksBack],
  ['keeps the notebook', floor.keepsNotebook],
  ['prints a label that a phone can read', (visit) => floor.printsLabel(visit)],
  ['looks into a program, layer by layer', (visit) => floor.looksIntoProgram(visit)],
  ['puts jobs in order: by dragging, buttons, keys', floor.putsJobsInOrder],
  ['asks why a machine does nothing', floor.asksWhyMachineDoesNothing],
  ['sees how a job is shared out', plans.seesShares],
  ['changes the material a machine asks to have changed', plans.changesMaterial],
  ['counts only, takes it back, corrects', floor.countsTakesBackAndCorrects],
  ['counts three good, one scrap', person.countsThreeGoodOneScrap],
  ['reads production', floor.readsProduction],
  ['reads effectiveness by groups', plans.readsEffectiveness],
  ['reads the config and its faults', floor.readsConfig],
  ['many machines gone at once are one thing', told.hearsOfManyAtOnce],
  ['says that it is a training', told.saysThatItIsATraining],
  ['changes a job that somebody else has changed', told.changesWhatChanged],
  ['says what a file of a slicer makes', told.saysWhatAFileMakes],
  ['asks again what is never answered', told.asksAgainWhatIsNeverAnswered],
  ['sees which messages did not arrive', told.seesWhatDidNotArrive],
  ['orders kits, receives, assembles', goods.makesKitsOfAnOrder],
  ['blocks a bad lot', blocksABadLot],
  ['receives what was made elsewhere', receivesWhatWasMadeElsewhere],
  ['asks what if', plans.asksWhatIf],
  ['the wall stays light', floor.staysLight],
  ['asks why not faster; holds a job and takes it back', person.asksWhyNotFaster],
  ['stops a site, then all', person.stopsMachines],
  ['opens without a link', floor.opensWithoutLink],
  ['loses the link and finds it again', person.losesLink],
];

async function main() {
  await logic();
  const factory = new Factory(build, 100);
  const faults = tokenFaults();
  const walks = STEPS.filter(([name]) => ONLY.test(name));
  let failed = true;
  let visit;
  try {
    await factory.open();
    await setToWork(factory);
    visit = new Visit(factory.url, shots, factory.person.cookie);
    await visit.open();
    await visit.walk('browser', walks, factory);
    faults.push(...visit.faults);
    failed = faults.length > 0;
  } finally {
    await visit?.close();
    await factory.close(failed);
  }
  faults.forEach((fault) => console.error(`FAULT ${fault}`));
  console.log(`browser: ${walks.length} walks, ${faults.length} faults, pictures in ${shots}`);
  process.exitCode = failed ? 1 : 0;
}

await main();
