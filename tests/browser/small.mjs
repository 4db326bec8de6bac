// SPDX-License-Identifier: Apache-2.0
// Two workshops of the Normandy factory, just installed: nobody has an account yet.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Factory, freePort, townConfig, waitFor } from './factory.mjs';

const SITES = ['caen', 'rouen'];

export class SmallFactory extends Factory {
  async open() {
    const town = townConfig();
    town.sites = town.sites.filter(({ id }) => SITES.includes(id));
    town.machines = town.machines.filter(({ site }) => SITES.includes(site));
    this.url = `http://127.0.0.1:${await freePort()}`;
    const source = join(this.folder, 'factory.json');
    writeFileSync(source, JSON.stringify(town));
    this.start('usine-sim', ['--config', source, '--dir', this.folder, '--speed', String(this.speed), '--listen', this.url.slice(7)]);
    await waitFor('usine-sim writes its config', 30, () => existsSync(join(this.folder, 'config.json')));
    await this.startDaemon();
  }

  // The link of the first start, as the person finds it beside the daemon.
  firstLink() {
    const { state } = JSON.parse(readFileSync(join(this.folder, 'config.json'), 'utf8'));
    return readFileSync(join(state, 'first-admin'), 'utf8').trim();
  }

  // From here on the test asks the daemon as the person of this browser does.
  async follow(context) {
    const cookie = (await context.cookies()).find(({ name }) => name === 'usine-session');
    this.session = { Cookie: `${cookie.name}=${cookie.value}` };
    this.session['Usine-Csrf'] = (await this.get('/api/v1/me')).csrf;
    return cookie;
  }
}
