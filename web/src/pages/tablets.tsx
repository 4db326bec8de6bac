// SPDX-License-Identifier: Apache-2.0
// Tablets of workshops: an operator shows a code, the tablet opens it and stays at that site.
import { useEffect, useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, post, remove } from '../lib/api';
import { useForm } from '../lib/form';
import { ago, duration, now } from '../lib/format';
import { live } from '../lib/live';
import { may } from '../lib/may';
import { siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Badge, Button, Fault, Select, Sure } from '../parts/basic';
import { Field } from '../parts/field';
import { type Link, LinkCard } from '../parts/link-card';
import { PageTitle } from '../parts/shell';

interface Tablet {
  id: number;
  site: string;
  name: string;
  added: string;
  by: string;
  seen: string | null;
}

function useSecondsUntil(at: string): number {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => again((n) => n + 1), 1000);
    return () => window.clearInterval(timer);
  }, [at]);
  return Math.max(0, Math.ceil((Date.parse(at) - now()) / 1000));
}

function Code({ name, link }: { name: string; link: Link }) {
  const seconds = useSecondsUntil(link.expires);
  if (seconds === 0) return <Fault text={t('tabletOver')} />;
  return (
    <LinkCard title={name} link={link} hint={t('tabletScan')}>
      <p class="second">{t('tabletLeft', { time: seconds < 60 ? t('seconds', { n: seconds }) : duration(seconds) })}</p>
    </LinkCard>
  );
}

function Pair({ sites, onMade }: { sites: string[]; onMade: () => void }) {
  const { status } = useStore(live);
  const [site, setSite] = useState(sites[0] ?? '');
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; link: Link } | null>(null);
  const form = useForm(['name', 'site']);
  // The tablet that has just been paired appears in the list.
  useEffect(() => {
    if (!made) return undefined;
    const timer = window.setInterval(onMade, 5000);
    return () => window.clearInterval(timer);
  }, [made]);
  const show = async (event: Event) => {
    event.preventDefault();
    if (!form.check(name.trim() === '' ? { field: 'name', text: t('tabletNameMissing') } : null)) return;
    await form.send(async () => setMade({ name: name.trim(), link: await post<Link>('/api/v1/tablets', { site, name: name.trim() }) }));
  };
  return (
    <section class="card padded form" aria-labelledby="pair">
      <h2 id="pair">{t('tabletAdd')}</h2>
      <form class="form" onSubmit={(event) => void show(event)} noValidate>
        <Select label={t('site')} value={site} onChange={setSite} options={sites.map((id) => [id, siteName(status, id)])} />
        <Field form={form} name="name" label={t('tabletName')} help={t('tabletNameHelp')} value={name} onValue={setName} maxLength={60} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <div class="act-row">
          <Button kind="main" type="submit" disabled={form.busy}>
            {t('tabletShow')}
          </Button>
        </div>
      </form>
      {made && <Code key={made.link.path} {...made} />}
    </section>
  );
}

export function TabletsPage() {
  const { status } = useStore(live);
  const tablets = useAnswer(() => get<{ items: Tablet[] }>('/api/v1/tablets'));
  const acting = useAct();
  const sites = (status?.sites ?? []).map(({ id }) => id).filter((id) => may('operator', id));
  const drop = (tablet: Tablet) =>
    acting.run(async () => {
      await remove(`/api/v1/tablets/${tablet.id}`);
      say(t('tabletRemoved', { name: tablet.name }));
      tablets.again();
    });
  return (
    <div class="narrow">
      <PageTitle sub={t('tabletsSub')}>{t('tablets')}</PageTitle>
      <section class="card padded form" aria-label={t('tablets')}>
        <Fault text={tablets.fault || acting.fault} />
        {tablets.value?.items.length === 0 && <p>{t('tabletsNone')}</p>}
        <ul class="plain-rows">
          {tablets.value?.items.map((tablet) => (
            <li key={tablet.id}>
              <span>
                <b>
                  {status && <Badge status={status} site={tablet.site} />} {tablet.name}
                </b>
                <span class="second">
                  {t('tabletOf', { site: siteName(status, tablet.site), by: tablet.by })} · {tablet.seen ? t('seenAt', { when: ago(tablet.seen) }) : t('neverSeen')}
                </span>
              </span>
              {may('operator', tablet.site) && (
                <Sure label={t('tabletRemoveOf', { name: tablet.name })} sure={t('tabletRemoveSure')} keep={t('keep')} disabled={acting.busy} onSure={() => void drop(tablet)} />
              )}
            </li>
          ))}
        </ul>
        <p class="second">{t('tabletWhoHelp')}</p>
      </section>
      {sites.length > 0 && <Pair key={sites.join()} sites={sites} onMade={tablets.again} />}
    </div>
  );
}
