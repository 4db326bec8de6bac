// SPDX-License-Identifier: Apache-2.0
// The page's rules that need no page: faces of machines, opening hours, names, tables. Run by run.mjs before all else.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './factory.mjs';

const require = createRequire(join(ROOT, 'web/'));
const { buildSync } = require('esbuild');

async function load(file) {
  const built = buildSync({ entryPoints: [join(ROOT, 'web/src/lib', file)], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`);
}

const MACHINE = {
  id: 'caen-p01', site: 'caen', model: 'prusa-mk3', kind: 'printer', state: 'idle', bed: 'clear', flags: [], run: null,
  last_run: null, waiting_for: null, material_wanted: '', since: '2020-04-07T12:00:00Z',
};

async function faces() {
  const { face, byWait, waitsForPerson } = await load('face.ts');
  const word = (change) => face({ ...MACHINE, ...change }).word;
  assert.equal(word({}), 'ready');
  assert.equal(word({ state: 'locked', waiting_for: 'unlock', flags: ['out-of-service'] }), 'locked', 'danger comes first');
  assert.equal(word({ state: 'idle', flags: ['out-of-service'], waiting_for: 'clear' }), 'outOfService');
  assert.equal(word({ state: 'offline', flags: ['quarantined'] }), 'setAside');
  assert.equal(word({ state: 'offline' }), 'offline');
  assert.equal(word({ waiting_for: 'clear', bed: 'occupied', last_run: { id: 1, outcome: 'finished' } }), 'toClear');
  assert.equal(word({ waiting_for: 'clear', bed: 'occupied', last_run: { id: 1, outcome: 'failed' } }), 'toJudge');
  assert.equal(word({ waiting_for: 'clear', bed: 'occupied', last_run: { id: 1, outcome: 'cancelled' } }), 'toJudge');
  assert.equal(word({ waiting_for: 'clear', bed: 'uncertain' }), 'toCheck');
  assert.equal(word({ state: 'held', waiting_for: 'material' }), 'outOfFilament');
  assert.equal(word({ state: 'held' }), 'paused');
  assert.equal(word({ state: 'running' }), 'printing');
  assert.equal(word({ state: 'running', kind: 'laser' }), 'cutting');
  assert.equal(word({ material_wanted: 'PETG' }), 'toChange');
  assert.equal(word({ material_wanted: 'PETG', bed: 'occupied', waiting_for: 'clear' }), 'toClear', 'first what lies there');
  assert.equal(word({ state: 'a new state' }), 'ready');
  const waits = (id, since, change = {}) => ({ ...MACHINE, id, since, state: 'held', ...change });
  const order = [waits('b', '2020-04-07T12:05:00Z'), waits('a', '2020-04-07T11:00:00Z'), waits('c', '2020-04-07T12:30:00Z', { state: 'locked' })];
  assert.deepEqual(order.sort(byWait).map(({ id }) => id), ['c', 'a', 'b'], 'danger first, then the longest wait');
  assert.ok(!waitsForPerson(MACHINE));
}

async function hours() {
  const { hoursOn } = await load('hours.ts');
  assert.deepEqual(hoursOn('24/7', 0), [[0, 1440]]);
  assert.deepEqual(hoursOn('08:00-12:00,14:00-18:30', 3), [[480, 720], [840, 1110]]);
  assert.deepEqual(hoursOn('Mo-Fr 08:00-18:00; Sa 09:00-12:00', 6), [[540, 720]]);
  assert.deepEqual(hoursOn('Mo-Fr 08:00-18:00; Sa 09:00-12:00', 0), []);
  assert.deepEqual(hoursOn('Mo-Su 08:00-18:00; Su off', 0), []);
  assert.deepEqual(hoursOn('Mo,We 08:00-18:00', 3), [[480, 1080]]);
}

async function names() {
  const { badges, machineName, shortName } = await load('names.ts');
  const sites = ['caen', 'saint-lo', 'le-havre', 'lisieux', 'lille', 'cahors'].map((id) => ({ id, town: '', name: '' }));
  const given = badges(sites);
  assert.equal(given.get('caen'), 'CA');
  assert.equal(given.get('saint-lo'), 'SL');
  assert.equal(given.get('cahors'), 'CH', 'on a clash the next letter');
  assert.equal(new Set(given.values()).size, sites.length, 'no two sites share a badge');
  assert.equal(shortName(MACHINE), 'P01');
  assert.equal(machineName({ sites: [{ id: 'caen', town: 'Caen' }] }, MACHINE), 'Caen P01');
  assert.equal(machineName({ sites: [] }, { id: 'big-one', site: 'caen' }), 'big-one');
}

async function tables() {
  const { table, tableCsv } = await load('table.ts');
  const row = (day, site, good, scrap) => ({ day, site, machine: `${site}-p01`, part: 'x', good, scrap });
  const shown = table([row('2020-04-06', 'caen', 3, 1), row('2020-04-07', 'caen', 5, 0), row('2020-04-07', '=evil', 2, 2), row('2020-04-05', 'rouen', 0, 0)], 'site', ['caen']);
  assert.deepEqual(shown.days, ['2020-04-07', '2020-04-06'], 'days without a piece have no row');
  assert.deepEqual(shown.all, { good: 10, scrap: 3 });
  const sides = shown.columns.map((column) => shown.ofColumn(column).good).reduce((a, b) => a + b);
  const downs = shown.days.map((day) => shown.ofDay(day).good).reduce((a, b) => a + b);
  assert.equal(sides, downs, 'it adds up in both directions');
  assert.equal(tableCsv(shown), "day,caen good,caen scrap,'=evil good,'=evil scrap,total good,total scrap\r\n2020-04-07,5,0,2,2,7,2\r\n2020-04-06,3,1,0,0,3,1\r\ntotal,8,1,2,2,10,3\r\n");
}

// Each job moved to each place: the new priorities give exactly that order, and no single one would have done it cheaper.
async function orders() {
  const { inOrder, moveTo, priorities } = await load('order.ts');
  const job = (id, priority, due = null) => ({ id, priority, due, state: 'open' });
  const lists = [
    [job(1, 5), job(2, 5), job(3, 5), job(4, 5)],
    [job(1, 9), job(2, 9), job(3, 0), job(4, 0)],
    [job(7, 7, '2020-04-08T00:00:00Z'), job(3, 5, '2020-04-07T00:00:00Z'), job(5, 5), job(4, 2), job(6, 2)],
  ];
  for (const list of lists) {
    const jobs = inOrder(list);
    for (let from = 0; from < jobs.length; from++)
      for (let to = 0; to < jobs.length; to++) {
        const changes = moveTo(jobs, from, to);
        const wished = jobs.filter((_, i) => i !== from);
        wished.splice(to, 0, jobs[from]);
        const after = jobs.map((one) => ({ ...one, priority: changes.find(({ id }) => id === one.id)?.priority ?? one.priority }));
        assert.deepEqual(inOrder(after).map(({ id }) => id), wished.map(({ id }) => id), `${from} to ${to}`);
        assert.ok(after.every(({ priority }) => priority >= 0 && priority <= 9));
        const alone = (priority) => inOrder(jobs.map((one) => (one === jobs[from] ? { ...one, priority } : one)));
        const cheap = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].some((priority) => alone(priority).map(({ id }) => id).join() === wished.map(({ id }) => id).join());
        if (cheap) assert.ok(changes.length <= 1, `${from} to ${to} by one change`);
      }
  }
  const many = Array.from({ length: 12 }, (_, i) => job(i + 1, 5)).reverse();
  assert.equal(priorities(many), null, 'eleven steps do not fit into ten priorities');
  assert.deepEqual(moveTo([job(1, 5)], 0, 0), []);
}

async function chartsAndPaths() {
  const { continued, KEEP_MS, samplesOf } = await load('samples.ts');
  const past = samplesOf({ at: [100, 105], nozzle: [20, null], nozzle_target: [0, 0], bed: [20, 21], bed_target: [0, 0], progress: [null, 0.5] });
  assert.deepEqual(past[1], { at: 105000, nozzle: null, nozzle_target: 0, bed: 21, bed_target: 0, progress: 0.5 });
  let samples = past;
  for (let ms = 106000; ms < 106000 + 3 * KEEP_MS; ms += 1000) samples = continued(samples, { ...past[1], at: ms });
  assert.ok(samples.length <= KEEP_MS / 5000 + 2, 'an hour, and no more');
  assert.equal(samples[samples.length - 1].at, 105000 + 3 * KEEP_MS, 'the newest moves on');
  const { boxOf, frameOf, points } = await load('path.ts');
  const path = { kind: 'laser', layer: 1, layers: 1, z_mm: 0, area_mm: [0, 0, 600, 400], off_mm: 0, strokes: [[0, 0, 0, 0, 5000, 5000], [1, 80, 5000, 5000, 1000, 0, 0, 500]] };
  assert.deepEqual(points(path.strokes[1]), [[50, 50], [60, 50], [60, 55]]);
  assert.deepEqual(boxOf(path), [48, 48, 62, 57]);
  assert.deepEqual(boxOf({ ...path, strokes: [] }), path.area_mm);
  const frame = frameOf([0, 0, 100, 50], 200, 200);
  assert.equal(frame.scale, 2);
  assert.ok(frame.y(0) > frame.y(50), 'the front of the machine is below');
}

// What the floor says of a machine, as its sources spell it; what %d or %s stands for is filled in.
function sentencesOf(source) {
  const text = source.replace(/\/\*[^]*?\*\//g, '').replace(/"\s*\n?\s*"/g, '');
  const said = /\b(?:machine_say|run_fail|run_end|hold_begin|machine_lock|machine_answer|start_withdraw|refuse|fd_link_fail|fail)\(((?:[^;"]|"(?:[^"\\]|\\.)*")*)\);/g;
  const found = [...text.matchAll(said)].flatMap(([, given]) => [...given.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one]) => one));
  return found.filter((one) => / \S/.test(one.trim()) && !/^[A-Z]\d|^:|^ |^%s|^the (nozzle|bed)$|^(this machine|a laser)$/.test(one));
}

const filled = (format) => format.replace(/%%/g, '\0').replace(/%[-.*\d]*(?:ll|l|z)?[a-z]/g, '7').replace(/\0/g, '%').replace(/\\"/g, '"');

// What the daemon refuses: the sources a person's acts go through, and the functions (or =, return, ?:) that say why.
const REFUSING = [
  'daemon/queue/bed.c daemon/queue/correct.c daemon/queue/job.c daemon/queue/program.c daemon/queue/report.c daemon/queue/request.c',
  'daemon/queue/upload.c daemon/queue/verdict.c daemon/queue/why.c daemon/production/goods.c daemon/commands/access.c',
  'daemon/commands/command_clear.c daemon/commands/command_count.c daemon/commands/command_estop.c daemon/commands/command_job.c',
  'daemon/commands/command_machine.c daemon/commands/command_note.c daemon/commands/command_program.c daemon/commands/command_run.c',
  'daemon/commands/command_tablet.c daemon/people/login_entry.c daemon/people/person.c daemon/people/person_secret.c',
  'daemon/people/tablet.c base/json.c gcode/policy.c gcode/policy_beam.c gcode/policy_grbl.c gcode/policy_heat.c gcode/policy_limits.c',
  'daemon/queue/product_order.c daemon/commands/command_order.c daemon/commands/command_stock.c daemon/commands/command_lot.c',
  'daemon/queue/load.c daemon/queue/reception.c daemon/queue/declarations.c daemon/queue/order_book.c daemon/queue/orders.c',
  'daemon/queue/shares.c daemon/production/lot.c daemon/production/stock.c daemon/production/declared.c',
  'daemon/commands/command_declaration.c daemon/commands/command_maker.c',
  'daemon/production/declared.c daemon/queue/declarations.c daemon/queue/reception.c daemon/commands/command_declare.c',
  'daemon/commands/command_maker.c daemon/commands/command_declaration.c daemon/commands/token_mint.c',
  'gcode/policy_move.c gcode/policy_rows.c daemon/queue/program_set.c daemon/commands/command_notice.c daemon/notices/trial.c',
  'daemon/commands/command_forecast.c daemon/planning/what_if.c',
  'daemon/production/goods_words.c daemon/production/stepping.c daemon/queue/quarantine.c daemon/commands/command_batches.c',
].flatMap((row) => row.split(' '));

function refusalsOf(source) {
  const text = source.replace(/\/\*[^]*?\*\//g, '').replace(/"\s*\n?\s*"/g, '').replace(/\.(help|words|preset|about)\s*=\s*\\?\s*"(?:[^"\\]|\\.)*"/g, '');
  const calls = /\b(?:request_refuse|refuse|policy_refuse|policy_refuse_at|answer_fail|answer_fault|change_refuse|snprintf|say|fault|complain)\(((?:[^;"]|"(?:[^"\\]|\\.)*")*)\);|(?:return|=|\?|:|POLICY_REFUSE, 0, NULL,)\s*"((?:[^"\\]|\\.)*)"/g;
  const found = [...text.matchAll(calls)].flatMap(([, given, alone]) => (alone === undefined ? [...given.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one]) => one) : [alone]));
  const words = readFileSync(join(ROOT, 'base/err.h'), 'utf8').matchAll(/X\(\w+, *\d+, *"\w+", *"([^"]+)"\)/g);
  return [...new Set([...found, ...[...words].map(([, one]) => one)])].filter((one) => /[a-z]{2,} [a-z]/.test(one) && !DONE.test(one));
}

// What is said when it is done (the page says that itself), parts of sentences, and what only the log or a file's path says.
const DONE = /^(done|free again|lot %s is %s: |lot %s and | is clear|%s is clear|%s%s; run|run %lld is corrected|%s: taken back|%s is program|%s \(%\.12s\) is removed|%s \(.*and more|[: ]|is named twice|is not in the config|the first link|must |is (longer|given|missing)|holds a control|.*cannot be (made|opened|kept)|all machines|the daemon asks the machine itself|does nothing for the part|the oldest|that )/;

// Every sentence of the floor has its French, and the first pattern that fits is the right one.
async function sentences() {
  const { inFrench } = await load('french.ts');
  const { said } = await load('words.said.fr.ts');
  const { refused } = await load('words.refused.fr.ts');
  const folder = join(ROOT, 'daemon/machines');
  const files = readdirSync(folder).filter((name) => name.endsWith('.c')).map((name) => join(folder, name));
  const all = [...files, join(ROOT, 'drivers/link_fd.c')].flatMap((file) => sentencesOf(readFileSync(file, 'utf8')).map(filled));
  assert.ok(all.length > 60, `the sources are read: ${all.length} sentences`);
  const refusals = REFUSING.flatMap((file) => refusalsOf(readFileSync(join(ROOT, file), 'utf8')).map(filled));
  assert.ok(refusals.length > 150, `the sources are read: ${refusals.length} refusals`);
  const missing = [...all, ...refusals].filter((text) => inFrench(text) === null);
  assert.deepEqual(missing, [], 'sentences without French: add them to web/src/lib/words.said.fr.ts, or words.refused.fr.ts');
  for (const [english, french] of [...said, ...refused]) {
    const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.ok(names(french).every((name) => names(english).includes(name)), french);
  }
  assert.equal(inFrench('cancelled by Inès'), 'annulée par Inès');
  assert.equal(inFrench('the link was lost: writing failed'), 'la liaison est tombée\u202f: l’envoi a échoué', 'a sentence inside a sentence');
  assert.equal(inFrench('caen-p01: a run is under way: wait for its end, or cancel it'), 'caen-p01\u202f: un passage est en cours\u202f: attendez sa fin, ou annulez-le');
  assert.equal(inFrench('"quantity" must be from 1 to 100'), '«\u202fquantity\u202f» va de 1 à 100');
  const named = (english) => (english === 'Washing' ? 'Lavage' : null);
  assert.match(inFrench('0 ecran are ready at caen, not 4: 7 wait for the step Washing', named), /7 attendent l’étape Lavage$/, 'the factory’s own names');
  assert.equal(inFrench('whatever'), null);
}

// The modules of the first file: what main.tsx imports, and what those import.
function firstModules(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type)[^;]*?from '(\.[^']+)'/gm)) {
    const next = ['.ts', '.tsx'].map((end) => join(file, '..', from + end)).find(existsSync);
    if (next) firstModules(next, found);
  }
  return found;
}

// The first pages have all their words: those of words.others.ts come later.
async function firstWords() {
  const { otherWords } = await load('words.others.ts');
  const modules = [...firstModules(join(ROOT, 'web/src/main.tsx'))];
  assert.ok(modules.length > 40 && !modules.some((file) => file.endsWith('words.others.ts')), `the first file: ${modules.length} modules`);
  const late = modules.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bt\('(\w+)'/g)].filter(([, key]) => Object.hasOwn(otherWords.fr, key)).map(([, key]) => `${file}: ${key}`));
  assert.deepEqual(late, [], 'move these into words.entry.{fr,en}.ts, or into words.{fr,en}.ts');
}

// What the audit log tells: every row of the command table that writes (docs/api.md is made from it), and those that say so.
async function acts() {
  const written = [...readFileSync(join(ROOT, 'docs/api.md'), 'utf8').matchAll(/^## (\S+)\n`(?!GET )[A-Z]+ /gm)].map(([, name]) => name);
  const folder = join(ROOT, 'daemon/commands');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.c')).map((name) => readFileSync(join(folder, name), 'utf8'));
  const said = sources.flatMap((source) => [...source.matchAll(/= \{\s*\.name = "([^"]+)",((?!\n\};)[^])*?\.audited = true/g)].map(([, name]) => name));
  assert.ok(written.length > 60 && said.includes('backup'), `the table is read: ${written.length} rows, ${said}`);
  for (const language of ['fr', 'en']) {
    const { admin: words } = await load(`words.admin.${language}.ts`);
    const missing = [...written, ...said].filter((name) => !words[`did_${name}`]);
    assert.deepEqual(missing, [], `acts without words: add did_... to web/src/lib/words.admin.${language}.ts`);
    const gone = Object.keys(words).filter((key) => key.startsWith('did_') && ![...written, ...said].includes(key.slice(4)));
    assert.deepEqual(gone, [], 'words of acts that are no more');
  }
}

export async function logic() {
  await acts();
  await firstWords();
  await faces();
  await hours();
  await names();
  await tables();
  await orders();
  await chartsAndPaths();
  await sentences();
}
