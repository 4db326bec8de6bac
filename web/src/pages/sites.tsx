// SPDX-License-Identifier: Apache-2.0
import { live } from '../lib/live';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Badge } from '../parts/basic';
import { PageTitle } from '../parts/shell';

export function SitesPage() {
  const { status } = useStore(live);
  return (
    <section class="card" aria-labelledby="sites">
      <header class="card-head">
        <PageTitle sub={t('sitesSub')}>
          <span id="sites">{t('sites')}</span>
        </PageTitle>
      </header>
      <ul class="person-rows">
        {status?.sites.map((site) => (
          <li key={site.id}>
            <div class="person-who">
              <h3>
                <Badge status={status} site={site.id} /> {site.town || site.name || site.id}
              </h3>
              <p class="second">{[site.id, site.name, site.assembly && t('siteAssembly')].filter(Boolean).join(' · ')}</p>
            </div>
            <p>
              <span class="second">{t('siteHours')}</span> {site.hours}
            </p>
            <p>{t('onMachines', { n: status.machines.filter((machine) => machine.site === site.id).length })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function BackupPage() {
  return (
    <section class="card padded form" aria-labelledby="backup">
      <PageTitle sub={t('backupSub')}>
        <span id="backup">{t('backup')}</span>
      </PageTitle>
      <div class="act-row">
        <a class="button main" href="/api/v1/backup" download="usine-backup.db">
          {t('backupGet')}
        </a>
      </div>
      <p class="second">{t('backupRestore')}</p>
    </section>
  );
}
