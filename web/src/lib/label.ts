// SPDX-License-Identifier: Apache-2.0
// Labels to print, and where phones find these pages: what their QR codes hold.
import { getFile, machinePath, query } from './api';
import { saveAs } from './save';
import { createKept } from './store';
import type { Key } from './words';

// "" : as this page was opened.
export const pagesAt = createKept('pagesAt', '');

export const originOf = (said: string) => (said || location.origin).trim().replace(/\/+$/, '');

export const isOrigin = (text: string) => /^https?:\/\/[\w.\-[\]:]+$/.test(text);

// Addresses that only this computer understands.
export const onlyHere = (text: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(text);

export const labelPath = (id: string, base: string) => `${machinePath(id, 'label.svg')}${query({ base })}`;

export const FORMATS: [id: string, name: Key, places: number][] = [
  ['a4-14', 'labels14', 14],
  ['a4-24', 'labels24', 24],
  ['a4-8', 'labels8', 8],
  ['100x50', 'labels100', 1],
  ['62x29', 'labels62', 1],
];

export const lastFormat = createKept('labels', 'a4-14');

export const savePdf = async (path: string, name: string) => saveAs(`${name}.pdf`, await getFile(path));
