// SPDX-License-Identifier: Apache-2.0
// Every word a person reads, in both languages, one catalogue for each family of pages: a key missing in one language, or given
// by two catalogues, is a compile error. {x} is filled in; {n|one|many} is chosen by the language's plural rule.
import { admin as adminEn } from './words.admin.en';
import { admin as adminFr } from './words.admin.fr';
import { frame as frameEn } from './words.en';
import { goods as goodsEn } from './words.goods.en';
import { goods as goodsFr } from './words.goods.fr';
import { floor as floorEn } from './words.floor.en';
import { floor as floorFr } from './words.floor.fr';
import { frame as frameFr } from './words.fr';
import { people as peopleEn } from './words.people.en';
import { people as peopleFr } from './words.people.fr';
import { createKept } from './store';
import { work as workEn } from './words.work.en';
import { work as workFr } from './words.work.fr';

const join = <A extends object, B extends object>(a: A, b: B & { [key in keyof A]?: never }): A & B => ({ ...a, ...b });

const french = join(join(join(join(join(frameFr, floorFr), workFr), peopleFr), adminFr), goodsFr);

export type Key = keyof typeof french;
export type Language = 'fr' | 'en';

const dictionaries: Record<Language, Record<Key, string>> = {
  fr: french,
  en: { ...frameEn, ...floorEn, ...workEn, ...peopleEn, ...adminEn, ...goodsEn },
};

const byBrowser = (): Language => (navigator.language.toLowerCase().startsWith('en') ? 'en' : 'fr');

export const language = createKept<Language>('language', byBrowser());

export type Values = Record<string, string | number>;

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined) {
      return typeof value === 'number' ? new Intl.NumberFormat(language.get()).format(value) : value;
    }
    const rule = new Intl.PluralRules(language.get()).select(Number(value));
    return (rule === 'one' ? one : many) ?? '';
  });
}

// French puts a narrow space that does not break before : ; ? ! » and after «.
const spaced = (text: string) => text.replace(/ ([:;?!»])/g, '\u202f$1').replace(/« /g, '«\u202f');

export function t(key: Key, values: Values = {}): string {
  const text = dictionaries[language.get()][key];
  return fill(language.get() === 'fr' ? spaced(text) : text, values);
}

// A key made of data, as the dispatcher's reasons are; the otherwise text when it is new to us.
export function tMaybe(key: string, otherwise: string): string {
  const dictionary: Record<string, string> = dictionaries[language.get()];
  return Object.hasOwn(dictionary, key) ? (dictionary[key] ?? otherwise) : otherwise;
}

export function setLanguage(next: Language): void {
  language.set(next);
  document.documentElement.lang = next;
}
