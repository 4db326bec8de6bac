// SPDX-License-Identifier: Apache-2.0
// Every word a person reads, in both languages, one catalogue for each family of pages. Here are those of the first pages;
// words.others.ts has those that come with the second file. A key missing in one language, or given by two catalogues, is a
// compile error. {x} is filled in; {n|one|many} is chosen by the language's plural rule.
import { createKept } from './store';
import { frame as frameEn } from './words.en';
import { entry as entryEn } from './words.entry.en';
import { entry as entryFr } from './words.entry.fr';
import { floor as floorEn } from './words.floor.en';
import { floor as floorFr } from './words.floor.fr';
import { frame as frameFr } from './words.fr';
import type { OtherKey } from './words.others';

const first = { fr: { ...frameFr, ...floorFr, ...entryFr }, en: { ...frameEn, ...floorEn, ...entryEn } };

export type FirstKey = keyof typeof first.fr;
export type Key = FirstKey | OtherKey;
export type Language = 'fr' | 'en';

const dictionaries: Record<Language, Record<string, string>> = first;

// Takes more words in, beside those that are known.
export function learnWords(more: Record<Language, Record<string, string>>): void {
  Object.assign(dictionaries.fr, more.fr);
  Object.assign(dictionaries.en, more.en);
}

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
  const text = dictionaries[language.get()][key] ?? '';
  return fill(language.get() === 'fr' ? spaced(text) : text, values);
}

// A key made of data, as the dispatcher's reasons are; the otherwise text when it is new to us.
export function tMaybe(key: string, otherwise: string): string {
  const dictionary = dictionaries[language.get()];
  return Object.hasOwn(dictionary, key) ? (dictionary[key] ?? otherwise) : otherwise;
}

export function setLanguage(next: Language): void {
  language.set(next);
  document.documentElement.lang = next;
}
