// SPDX-License-Identifier: Apache-2.0
import type { Wrong } from './form';
import { t } from './words';

// "Nadia L." -> "nadia.l"
export const loginFrom = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '')
    .slice(0, 40);

export const badLogin = (login: string): Wrong | null => (/^[a-z0-9._-]{1,47}$/.test(login) ? null : { field: 'login', text: t('loginBad') });
