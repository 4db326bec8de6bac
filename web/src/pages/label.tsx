// SPDX-License-Identifier: Apache-2.0
// Labels to print and stick on machines: one, or all of its site. On paper only the labels are left (css/label.css);
// or as a PDF for sheets of labels and label printers.
import { useState } from 'preact/hooks';
import { isOrigin, labelPath, originOf, pagesAt } from '../lib/label';
import { live } from '../lib/live';
import { machineName, siteName } from '../lib/names';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Button, Link } from '../parts/basic';
import { LabelAddress, LabelSheet } from '../parts/label-sheet';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

export function LabelPage({ id }: { id: string }) {
  const { status } = useStore(live);
  const said = useStore(pagesAt);
  const [site, setSite] = useState(false);
  const [pdf, setPdf] = useState(false);
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
        <LabelAddress said={said} />
        <label class="check">
          <input type="checkbox" checked={site} onChange={() => setSite(!site)} />
          <span>{t('labelSite', { site: siteName(status, machine.site), n: status.machines.filter((one) => one.site === machine.site).length })}</span>
        </label>
        <div class="act-row">
          <Button kind="main" disabled={!isOrigin(base)} onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Button onClick={() => setPdf(true)}>{t('labelsSave')}</Button>
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
      {pdf && <LabelSheet title={t('labelsOf', { what: site ? siteName(status, machine.site) : machineName(status, machine) })} path="/api/v1/labels" name={site ? machine.site : id} about={site ? { site: machine.site } : { machine: id }} onClose={() => setPdf(false)} />}
    </div>
  );
}
