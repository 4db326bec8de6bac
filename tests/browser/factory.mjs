// SPDX-License-Identifier: Apache-2.0
// The Normandy factory for a browser: usine-sim's machines and usined, in a folder that goes at the end.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const SAMPLES = join(ROOT, 'tests', 'samples');

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export async function waitFor(what, seconds, look) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

// A port the system says is free.
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// Open day and night: the test must also pass at night. Whoever stands by an MK3 may be asked to change its filament.
export function townConfig() {
  const text = readFileSync(join(ROOT, 'config/examples/normandie.json'), 'utf8');
  const town = JSON.parse(text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*/g, (_, string) => string ?? ''));
  for (const site of town.sites) site.hours = '24/7';
  town.models.push({ id: 'prusa-mk3', extends: 'prusa-mk3', change_min: 5 });
  // Headbands are deburred, then washed before they are put together.
  town.parts.find(({ id }) => id === 'serre-tete').steps = [
    { id: 'ebavurage', name: { fr: 'Ébavurage', en: 'Deburring' }, kind: 'deburr' },
    { id: 'lavage', name: { fr: 'Lavage', en: 'Washing' }, kind: 'wash', minutes: 20, method: 'eau de Javel à 0,5 %', gate: true },
  ];
  return town;
}

export class Factory {
  constructor(build, speed) {
    this.build = build;
    this.speed = speed;
    this.folder = mkdtempSync(join(tmpdir(), 'usine-browser-'));
    this.processes = {};
  }

  start(name, args) {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    this.processes[name] = spawn(join(this.build, name), args, { stdio: ['ignore', log, log] });
  }

  async open() {
    this.url = `http://127.0.0.1:${await freePort()}`;
    const source = join(this.folder, 'factory.json');
    const config = join(this.folder, 'config.json');
    writeFileSync(source, JSON.stringify(townConfig()));
    this.start('usine-sim', ['--config', source, '--dir', this.folder, '--speed', String(this.speed), '--listen', this.url.slice(7)]);
    await waitFor('usine-sim writes its config', 30, () => existsSync(config));
    await this.startDaemon();
    await this.admin();
    await waitFor('all machines have greeted', 90, async () => {
      const { machines } = await this.get('/api/v1/status');
      return machines.every(({ state }) => state !== 'offline' && state !== 'greeting');
    });
  }

  // Over the socket, which needs no login.
  local(method, path, body) {
    return new Promise((resolve, reject) => {
      const call = request({ socketPath: join(this.folder, 'usine.sock'), method, path }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (more) => (text += more)).on('end', () => {
          if (answer.statusCode >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
          else resolve({ headers: answer.headers, body: JSON.parse(text) });
        });
      });
      call.on('error', reject).end(JSON.stringify(body));
    });
  }

  // A person who may do everything; the cookie and the page's token of a session of theirs.
  async admin(login = 'nadia', password = 'correct horse battery') {
    const { body } = await this.local('POST', '/api/v1/users', { login, name: 'Nadia L.', role: 'admin' });
    const code = body.path.split('#')[1];
    const entered = await this.local('POST', '/api/v1/invitation', { code, password });
    const [name, value] = entered.headers['set-cookie'][0].split(';')[0].split('=');
    this.person = { login, password, cookie: { name, value, url: this.url, httpOnly: true, sameSite: 'Strict' } };
    this.session = { Cookie: `${name}=${value}`, 'Usine-Csrf': entered.body.csrf };
  }

  async startDaemon() {
    this.start('usined', ['--config', join(this.folder, 'config.json')]);
    await waitFor('usined answers', 30, () => fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false));
  }

  async stop(name) {
    const child = this.processes[name];
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15000);
    await gone;
    clearTimeout(timer);
  }

  async close(failed) {
    await this.stop('usined');
    await this.stop('usine-sim');
    if (failed && process.env.USINE_KEEP) console.error(`kept ${this.folder}`);
    else rmSync(this.folder, { recursive: true, force: true });
  }

  async get(path) {
    const answer = await fetch(this.url + path, { headers: this.session });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async post(path, body = {}, method = 'POST') {
    const answer = await fetch(this.url + path, { method, headers: this.session, body: typeof body === 'string' ? body : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  addProgram(file, model, part, pieces) {
    const name = file.split('/').pop();
    const fields = new URLSearchParams({ name, model, yield: `${part}=${pieces}` });
    return this.post(`/api/v1/programs?${fields}`, readFileSync(join(SAMPLES, file), 'utf8'));
  }

  async machine(id) {
    return this.get(`/api/v1/machines/${id}`);
  }
}
