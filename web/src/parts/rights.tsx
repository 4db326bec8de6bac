// SPDX-License-Identifier: Apache-2.0
// Roles at sites, shown and chosen.
import { ROLES } from '../lib/may';
import { siteName } from '../lib/names';
import type { Role } from '../lib/session';
import type { Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Select } from './basic';

export type Rights = Record<string, Role>;

export const roleWord = (role: Role) => t(`role_${role}` as Key);

const place = (status: Status | null, site: string) => (site === '*' ? t('everySite') : siteName(status, site));

export const rightWords = (status: Status | null, site: string, role: Role) => `${roleWord(role)} ${place(status, site)}`;

export function RightsList({ status, roles }: { status: Status | null; roles: Rights }) {
  const given = Object.entries(roles);
  if (given.length === 0) return <p class="second">{t('role_none')}</p>;
  return (
    <ul class="rights">
      {given.map(([site, role]) => (
        <li key={site}>
          <b>{roleWord(role)}</b> {place(status, site)}
        </li>
      ))}
    </ul>
  );
}

function changed(roles: Rights, site: string, role: string): Rights {
  const next = { ...roles };
  if (role === '') delete next[site];
  else next[site] = role as Role;
  return next;
}

// One role for all sites, and higher ones for single sites.
export function RightsChoice({ status, roles, onChange }: { status: Status | null; roles: Rights; onChange: (roles: Rights) => void }) {
  const options: [string, string][] = ROLES.map((role) => [role, roleWord(role)]);
  const sites = status?.sites ?? [];
  const single = sites.filter(({ id }) => roles[id]).length;
  return (
    <fieldset class="rights-choice">
      <legend>{t('rights')}</legend>
      <Select label={t('roleEverywhere')} value={roles['*'] ?? ''} onChange={(role) => onChange(changed(roles, '*', role))} options={[['', t('role_none')], ...options]} />
      <details open={single > 0}>
        <summary>
          {t('rolePerSite')} {single > 0 && <b>({single})</b>}
        </summary>
        <div class="site-roles">
          {sites.map(({ id }) => (
            <Select key={id} label={siteName(status, id)} value={roles[id] ?? ''} onChange={(role) => onChange(changed(roles, id, role))} options={[['', t('asEverywhere')], ...options]} />
          ))}
        </div>
      </details>
      <details>
        <summary>{t('rolesAre')}</summary>
        <ul class="second role-helps">
          {ROLES.map((role) => (
            <li key={role}>{t(`roleHelp_${role}` as Key)}</li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}
