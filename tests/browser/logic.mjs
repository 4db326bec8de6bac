// SPDX-License-Identifier: Apache-2.0
// The page's rules that need no page: faces of machines, opening hours, names, tables. Run by run.mjs before all else.
import assert from 'node:assert/strict';
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
  last_run: null, waiting_for: null, since: '2020-04-07T12:00:00Z',
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
  const { table, tableCsv, median } = await load('table.ts');
  const row = (day, site, good, scrap) => ({ day, site, machine: `${site}-p01`, part: 'x', good, scrap });
  const shown = table([row('2020-04-06', 'caen', 3, 1), row('2020-04-07', 'caen', 5, 0), row('2020-04-07', '=evil', 2, 2), row('2020-04-05', 'rouen', 0, 0)], 'site', ['caen']);
  assert.deepEqual(shown.days, ['2020-04-07', '2020-04-06'], 'days without a piece have no row');
  assert.deepEqual(shown.all, { good: 10, scrap: 3 });
  const sides = shown.columns.map((column) => shown.ofColumn(column).good).reduce((a, b) => a + b);
  const downs = shown.days.map((day) => shown.ofDay(day).good).reduce((a, b) => a + b);
  assert.equal(sides, downs, 'it adds up in both directions');
  assert.equal(tableCsv(shown), "day,caen good,caen scrap,'=evil good,'=evil scrap,total good,total scrap\r\n2020-04-07,5,0,2,2,7,2\r\n2020-04-06,3,1,0,0,3,1\r\ntotal,8,1,2,2,10,3\r\n");
  assert.equal(median([]), null);
  assert.equal(median([3, 1, 2]), 2);
}

export async function logic() {
  await faces();
  await hours();
  await names();
  await tables();
}
