// SPDX-License-Identifier: Apache-2.0
// The contrasts UI.md asks for, computed from the colours as they are written; and no colour outside tokens.css.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './factory.mjs';

const SOURCE = join(ROOT, 'web/src');

function colours(css, from) {
  const block = css.slice(css.indexOf(from)).split('}')[0];
  return Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

// prettier-ignore
const PAIRS = [
  ['ink', 'surface', 4.5], ['ink', 'paper', 4.5], ['ink2', 'surface', 4.5], ['ink2', 'runbg', 4.5], ['ink2', 'lockbg', 4.5],
  ['ink3', 'surface', 4.5], ['ink3', 'paper', 4.5], ['ink3', 'sunken', 4.5], ['run', 'surface', 4.5], ['run', 'runbg', 4.5],
  ['onwait', 'wait', 4.5], ['waittx', 'surface', 4.5], ['waittx', 'waitbg', 4.5], ['lock', 'surface', 4.5], ['onlock', 'lock', 4.5],
  ['lock', 'lockbg', 4.5], ['good', 'surface', 4.5], ['onbtn', 'btn', 4.5], ['bed', 'surface', 4.5],
  ['edge', 'surface', 3], ['edge', 'paper', 3], ['edge', 'sunken', 3], ['focus', 'surface', 3], ['focus', 'paper', 3],
];

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

export function tokenFaults() {
  const css = readFileSync(join(SOURCE, 'tokens.css'), 'utf8');
  const light = colours(css, ':root {');
  const themes = { light, dark: { ...light, ...colours(css, ":root[data-theme='dark']") } };
  const faults = [];
  for (const [theme, of] of Object.entries(themes))
    for (const [text, ground, least] of PAIRS) {
      const found = ratio(of[text], of[ground]);
      if (!(found >= least)) faults.push(`contrast, ${theme}: ${text} on ${ground} is ${found.toFixed(2)}, at least ${least}`);
    }
  for (const path of files(SOURCE)) {
    if (path.endsWith('tokens.css')) continue;
    const text = readFileSync(path, 'utf8');
    if (/#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?!['\w-])|\brgba?\(|\bhsla?\(/.test(text)) faults.push(`a colour outside tokens.css: ${path}`);
    if (path.endsWith('.css') && /font-size:|border-radius: *[1-9]/.test(text)) faults.push(`a size outside tokens.css: ${path}`);
  }
  return faults;
}
