// SPDX-License-Identifier: Apache-2.0
// Labels to print, and where phones find these pages: what their QR codes hold.
import { machinePath, query, Refusal } from './api';
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

// Saves a document under this name. A refusal is thrown, not saved in its place.
export async function savePdf(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { cache: 'no-store' }).catch(() => {
    throw new Refusal(0, '');
  });
  if (!answer.ok) {
    const body = (await answer.json().catch(() => null)) as { error?: { message?: string; code?: string; field?: string } } | null;
    throw new Refusal(answer.status, body?.error?.message ?? `HTTP ${answer.status}`, body?.error);
  }
  saveAs(`${name}.pdf`, await answer.blob());
}
