// SPDX-License-Identifier: Apache-2.0
// Tells sw.js the names of all files, puts a .gz beside every text file of dist, so that the daemon need not compress, and
// keeps the whole under its limit.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 200 * 1024;
const TEXT = /\.(js|css|html|svg|webmanifest)$/;

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (!name.endsWith('.gz')) yield path;
  }
}

const worker = readFileSync('dist/sw.js', 'utf8');
const names = [...files('dist')].map((path) => path.slice('dist'.length)).filter((name) => name.startsWith('/assets/') || name === '/icon.svg');
if (!worker.includes('FILES = []')) throw new Error('dist/sw.js has no place for the names of the files');
writeFileSync('dist/sw.js', worker.replace('FILES = []', `FILES = ${JSON.stringify(names)}`));

let total = 0;
for (const path of files('dist')) {
  const plain = readFileSync(path);
  if (!TEXT.test(path)) {
    total += plain.length;
    continue;
  }
  const packed = gzipSync(plain, { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  total += packed.length;
}
console.log(`compressed: ${total} bytes`);
if (total > LIMIT) {
  console.error(`the pages weigh ${total} bytes compressed, at most ${LIMIT} are allowed`);
  process.exit(1);
}
