// SPDX-License-Identifier: Apache-2.0
// Sentences of the daemon, which come in English, put into French by tables of patterns.
import { refused } from './words.refused.fr';
import { said } from './words.said.fr';

interface Row {
  pattern: RegExp;
  french: string;
}

const PLACE = /\{(\w+)\}/g;

const patternOf = (english: string) => new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(PLACE, '(?<$1>.+?)').replaceAll('(?<id>.+?)', '(?<id>[\\w.-]+)')}$`, 's');

const box = { rows: null as Row[] | null };

function rows(): Row[] {
  box.rows ??= [...said, ...refused].map(([english, french]) => ({ pattern: patternOf(english), french }));
  return box.rows;
}

// null: nobody has put this sentence into French. named: what the factory itself calls something in English, in French.
export function inFrench(text: string, named: (english: string) => string | null = () => null): string | null {
  for (const { pattern, french } of rows()) {
    const found = pattern.exec(text);
    if (!found) continue;
    const filled = french.replace(PLACE, (_, name: string) => {
      const part = found.groups?.[name] ?? '';
      return inFrench(part, named) ?? named(part) ?? part;
    });
    return filled.replace(/ ([:;?!»%])/g, '\u202f$1').replace(/« /g, '«\u202f');
  }
  return null;
}
