// SPDX-License-Identifier: Apache-2.0
// Many machines of a site lost at once are one thing to look at, not ten.
import { face } from '../lib/face';
import { siteName } from '../lib/names';
import type { Site, Status } from '../lib/types';
import { t } from '../lib/words';
import { Badge, Link } from './basic';
import { Icon } from './icons';

function One({ status, site, count }: { status: Status; site: Site; count: number }) {
  const lost = status.machines.filter((machine) => machine.site === site.id && face(machine).family === 'off');
  return (
    <div class="note wait vanished">
      <span class="chip you">
        <Icon name="plug" size={18} />
      </span>
      <p>
        <b>
          <Badge status={status} site={site.id} /> {t('vanishedTitle', { n: count, site: siteName(status, site.id) })}
        </b>{' '}
        {t('vanishedDo')}{' '}
        {lost.length > 0 && <Link to={`/machines?only=${lost.map(({ id }) => encodeURIComponent(id)).join(',')}`}>{t('vanishedSee', { n: lost.length })}</Link>}
      </p>
    </div>
  );
}

export function Vanished({ status }: { status: Status }) {
  return (
    <>
      {status.sites.map((site) => !!site.vanished && <One key={site.id} status={status} site={site} count={site.vanished} />)}
    </>
  );
}
