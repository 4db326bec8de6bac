// SPDX-License-Identifier: Apache-2.0
// What machines, sites, parts and models are called.
import type { Job, Machine, Named, Site, Status } from './types';

// Two letters a site: initials of the first two words of its id, else its first two letters; on a clash the next letter.
export function badges(sites: Site[]): Map<string, string> {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of sites) {
    const letters = id.replace(/[^a-z0-9]/gi, '').toUpperCase();
    const words = id.split(/[^a-z0-9]+/i).filter(Boolean);
    const first = words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}`.toUpperCase() : letters.slice(0, 2);
    const others = [...letters.slice(1)].map((letter) => `${letters[0]}${letter}`);
    const badge = [first, ...others].find((text) => !taken.has(text)) ?? first;
    taken.add(badge);
    given.set(id, badge);
  }
  return given;
}

export const badgeOf = (status: Status, site: string) => badges(status.sites).get(site) ?? site.slice(0, 2).toUpperCase();

export function siteName(status: Status | null, site: string): string {
  const found = status?.sites.find((one) => one.id === site);
  return found?.town || found?.name || site;
}

// The place on the floor: "P03" of "caen-p03".
export function shortName(machine: Pick<Machine, 'id' | 'site'>): string {
  const rest = machine.id.startsWith(`${machine.site}-`) ? machine.id.slice(machine.site.length + 1) : machine.id;
  return rest.toUpperCase();
}

export function machineName(status: Status | null, machine: Pick<Machine, 'id' | 'site'>): string {
  const short = shortName(machine);
  return short === machine.id.toUpperCase() ? machine.id : `${siteName(status, machine.site)} ${short}`;
}

const sentence = (id: string) => id.charAt(0).toUpperCase() + id.slice(1).replace(/[-_]/g, ' ');

export function nameOf(list: Named[] | undefined, id: string): string {
  return list?.find((one) => one.id === id)?.name || sentence(id);
}

// A part's name, without the measures behind it.
export const partName = (status: Status | null, id: string | null | undefined) =>
  id ? nameOf(status?.parts, id) : '—';
export const modelName = (status: Status | null, id: string) => status?.models?.find((one) => one.id === id)?.name ?? id;
export const jobName = (status: Status | null, job: Job) => partName(status, job.part);
