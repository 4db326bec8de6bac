// SPDX-License-Identifier: Apache-2.0
// What the person at this page may do: what they may not is not offered. The daemon checks all the same.
import { type Me, me, type Role } from './session';
import type { Site } from './types';

export const ROLES: Role[] = ['viewer', 'operator', 'technician', 'coordinator', 'admin'];

const rank = (role: Role | undefined) => (role === undefined ? -1 : ROLES.indexOf(role));

// The rank of somebody's role at a site; null: at every site.
export function rankAt(who: Me | null, site: string | null): number {
  if (!who) return -1;
  const all = rank(who.roles['*']);
  if (site === null) return all;
  return Math.max(all, rank(who.roles[site]), onTablet(who, site) ? rank('operator') : -1);
}

// A workshop's tablet offers what operators do there, and asks who it is once something is done.
const onTablet = (who: Me, site: string) => who.kind === 'tablet' && who.site === site;

// At this site; without one, at every site.
export const may = (role: Role, site: string | null = null) => rankAt(me.get(), site) >= rank(role);

// At each of these sites; none named means every site.
export const mayAt = (role: Role, sites: string[]) => (sites.length ? sites.every((site) => may(role, site)) : may(role));

// Declarations that this person may count in.
export const toReceive = (sites: Site[]) => sites.reduce((sum, site) => sum + (may('operator', site.id) ? (site.to_receive ?? 0) : 0), 0);

// At one site at least.
export function mayAnywhere(role: Role): boolean {
  const who = me.get();
  return ['*', ...Object.keys(who?.roles ?? {})].some((site) => rankAt(who, site) >= rank(role));
}
