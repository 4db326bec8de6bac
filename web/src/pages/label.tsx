// SPDX-License-Identifier: Apache-2.0
// Labels to print and stick on machines: one, or all of its site. On paper only the labels are left (css/label.css).
import { useState } from 'preact/hooks';
import { isOrigin, labelPath, onlyHere, originOf, pagesAt } from '../lib/label';
import { live } from '../lib/live';
import { machineName, siteName } from '../lib/names';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Button, Fault, Link } from '../parts/basic';
import { Icon } from '../parts/icons';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

function Address({ said }: { said: string }) {
  const base = originOf(said);
  return (
    <label class="field">
      <span>{t('labelAddress')}</span>
      <span class="second">{t('labelAddressHelp')}</span>
      <input type="url" class="mono" value={said} placeholder={location.origin} aria-invalid={!isOrigin(base)} onInput={(event) => pagesAt.set(event.currentTarget.value.trim())} />
      {!isOrigin(base) && <Fault text={t('labelAddressFault')} />}
      {isOrigin(base) && onlyHere(base) && (
        <span class="second warned">
          <Icon name="warn" /> {t('labelOnlyHere')}
        </span>
      )}
    </label>
  );
}

export function LabelPage({ id }: { id: string }) {
  const { status } = useStore(live);
  const said = useStore(pagesAt);
  const [site, setSite] = useState(false);
  if (!status) return <Waitless />;
  const machine = status.machines.find((one) => one.id === id);
  if (!machine)
    return (
      <div class="card padded">
        <PageTitle>{t('unknownMachine', { id })}</PageTitle>
      </div>
    );
  const machines = site ? status.machines.filter((one) => one.site === machine.site) : [machine];
  const base = originOf(said);
  return (
    <div class="label-page">
      <section class="card padded no-print">
        <PageTitle sub={t('labelHelp')}>{t('labelOf', { machine: machineName(status, machine) })}</PageTitle>
        <Address said={said} />
        <label class="check">
          <input type="checkbox" checked={site} onChange={() => setSite(!site)} />
          <span>{t('labelSite', { site: siteName(status, machine.site), n: status.machines.filter((one) => one.site === machine.site).length })}</span>
        </label>
        <div class="act-row">
          <Button kind="main" disabled={!isOrigin(base)} onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Link class="button plain" to={`/machines/${encodeURIComponent(id)}`}>
            {t('backMachine')}
          </Link>
        </div>
      </section>
      <ul class="labels">
        {isOrigin(base) &&
          machines.map((one) => (
            <li key={one.id}>
              <img src={labelPath(one.id, base)} alt={t('labelAlt', { machine: machineName(status, one) })} />
            </li>
          ))}
      </ul>
    </div>
  );
}
