// SPDX-License-Identifier: Apache-2.0
// Puts a .gz beside every text file of dist, so that the daemon need not compress, and keeps the whole under its limit.
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
