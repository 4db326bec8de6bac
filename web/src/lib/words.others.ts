// SPDX-License-Identifier: Apache-2.0
// The words of the pages in the second file (pages/others.ts), which first pages must not use: logic.mjs looks.
import type { FirstKey } from './words';
import { admin as adminEn } from './words.admin.en';
import { admin as adminFr } from './words.admin.fr';
import { goods as goodsEn } from './words.goods.en';
import { goods as goodsFr } from './words.goods.fr';
import { people as peopleEn } from './words.people.en';
import { people as peopleFr } from './words.people.fr';
import { work as workEn } from './words.work.en';
import { work as workFr } from './words.work.fr';

const join = <A extends object, B extends object>(a: A, b: B & { [key in keyof A]?: never }): A & B => ({ ...a, ...b });

const french = join(join(join(peopleFr, workFr), adminFr), goodsFr);

export type OtherKey = keyof typeof french;

export const otherWords = {
  fr: french satisfies Record<string, string> & { [key in FirstKey]?: never },
  en: { ...peopleEn, ...workEn, ...adminEn, ...goodsEn },
};
