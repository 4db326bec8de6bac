// SPDX-License-Identifier: Apache-2.0
// Sentences of the daemon, which come in English, as a person reads them.
import { inFrench } from './french';
import { language } from './words';

export const sentence = (text: string): string => (language.get() === 'fr' ? (inFrench(text) ?? text) : text);

// The language a sentence is shown in, where it is not the page's.
export const tongue = (text: string): 'en' | undefined => (language.get() === 'fr' && text !== '' && inFrench(text) === null ? 'en' : undefined);
