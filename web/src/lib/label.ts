// SPDX-License-Identifier: Apache-2.0
// Where phones find these pages: what the QR code of a label holds.
import { machinePath, query } from './api';
import { createKept } from './store';

// "" : as this page was opened.
export const pagesAt = createKept('pagesAt', '');

export const originOf = (said: string) => (said || location.origin).trim().replace(/\/+$/, '');

export const isOrigin = (text: string) => /^https?:\/\/[\w.\-[\]:]+$/.test(text);

// Addresses that only this computer understands.
export const onlyHere = (text: string) => /^https?:\/\/(localhost|127\.|\[::1\])/.test(text);

export const labelPath = (id: string, base: string) => `${machinePath(id, 'label.svg')}${query({ base })}`;
