// SPDX-License-Identifier: Apache-2.0
// Who may come in, what programs may, what was done: one page each, one bar above all.
import type { ComponentChildren } from 'preact';
import { may } from '../lib/may';
import { Link } from '../parts/basic';
import { PageTitle } from '../parts/shell';
import { type Key, t } from '../lib/words';
import { AuditPage } from './audit';
import { OutboxPage } from './outbox';
import { PeoplePage } from './people';
import { BackupPage, SitesPage } from './sites';
import { TokensPage } from './tokens';

// prettier-ignore
const PARTS: { to: string; word: Key; page: () => ComponentChildren }[] = [
  { to: '/admin', word: 'people', page: () => <PeoplePage /> },
  { to: '/admin/tokens', word: 'tokens', page: () => <TokensPage /> },
  { to: '/admin/sites', word: 'sites', page: () => <SitesPage /> },
  { to: '/admin/audit', word: 'audit', page: () => <AuditPage /> },
  { to: '/admin/outbox', word: 'outbox', page: () => <OutboxPage /> },
  { to: '/admin/backup', word: 'backup', page: () => <BackupPage /> },
];

export function AdminPage({ path }: { path: string }) {
  const here = PARTS.find(({ to }) => to === path.replace(/\/$/, ''));
  if (!may('admin') || !here)
    return (
      <div class="narrow">
        <PageTitle sub={may('admin') ? t('notHere') : t('notMayPage')}>{t('admin')}</PageTitle>
      </div>
    );
  return (
    <div class="admin-page">
      <nav class="tabs" aria-label={t('admin')}>
        {PARTS.map(({ to, word }) => (
          <Link key={to} to={to} aria-current={to === here.to ? 'page' : undefined}>
            {t(word)}
          </Link>
        ))}
        <Link to="/tablets">{t('tablets')}</Link>
      </nav>
      {here.page()}
    </div>
  );
}
