// SPDX-License-Identifier: Apache-2.0
// What somebody did, in words: a command of the API and the fields it was given.
import { clock, shortDay } from './format';
import { machineName, partName, siteName } from './names';
import type { Status } from './types';
import { reasonWords } from './verdict';
import { t, tMaybe } from './words';

export const commandWords = (command: string) => tMaybe(`did_${command}`, command);

const HIDDEN = '***';
const isTime = (text: string) => /^\d{4}-\d{2}-\d{2}T/.test(text);

// How a field's value reads; a name of the field it is not made for says nothing special.
const READ: Record<string, (status: Status | null, text: string) => string> = {
  part: partName,
  site: siteName,
  sites: siteName,
  role: (_, text) => tMaybe(`role_${text}`, text),
  roles: (_, text) => tMaybe(`role_${text}`, text),
  reason: (_, text) => reasonWords(text),
};

function read(status: Status | null, name: string, value: unknown): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'object') return many(status, name, value);
  const text = String(value);
  if (text === HIDDEN) return t('secretShown');
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return shortDay(`${text}T12:00:00Z`);
  if (isTime(text)) return `${shortDay(text)} ${clock(text)}`;
  return READ[name]?.(status, text) ?? text;
}

function many(status: Status | null, name: string, value: object): string {
  if (Array.isArray(value)) return value.map((one) => read(status, name, one)).join(', ') || '—';
  return Object.entries(value)
    .map(([key, one]) => (name === 'roles' ? `${read(status, name, one)} ${siteOf(status, key)}` : `${field(key)} ${read(status, key, one)}`))
    .join(', ');
}

const siteOf = (status: Status | null, site: string) => (site === '*' ? t('everySite') : siteName(status, site));

const field = (name: string) => tMaybe(`with_${name}`, name);

// "bons 3 · rebut 1". A detail that was too long for its row is cut, and stays as it was written.
export function detailWords(status: Status | null, detail: string): string {
  if (detail === '') return '';
  let fields: unknown;
  try {
    fields = JSON.parse(detail);
  } catch {
    return detail;
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return detail;
  return Object.entries(fields)
    .map(([name, value]) => `${field(name)} ${read(status, name, value)}`)
    .join(' · ');
}

// What it was done to: a machine by its name, a site by its town, anything else as the API calls it.
export function objectWords(status: Status | null, object: string, site: string): string {
  const machine = status?.machines.find(({ id }) => id === object);
  if (machine) return machineName(status, machine);
  return [object !== site && object, site && siteName(status, site)].filter(Boolean).join(' · ');
}
