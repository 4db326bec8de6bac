// SPDX-License-Identifier: Apache-2.0
// Sentences of the daemon, which come in English, as a person reads them. Their French is a third of all words and comes with
// the second file (lib/others.ts): until then, over a slow link a second, they stand as they came.
import { language } from './words';

type Translator = (text: string) => string | null;

const box = { inFrench: (() => null) as Translator };

export function learn(inFrench: Translator): void {
  box.inFrench = inFrench;
}

export const sentence = (text: string): string => (language.get() === 'fr' ? (box.inFrench(text) ?? text) : text);

// The language a sentence is shown in, where it is not the page's.
export const tongue = (text: string): 'en' | undefined => (language.get() === 'fr' && text !== '' && box.inFrench(text) === null ? 'en' : undefined);
