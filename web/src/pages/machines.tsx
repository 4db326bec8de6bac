// SPDX-License-Identifier: Apache-2.0
// All machines by site. Tiles keep their place inside a site; only sites are reordered, and not under a pointer.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../lib/api';
import { byWait, type Family, FAMILIES, face, STALE_MS, waitsForPerson } from '../lib/face';
import { age, ageMs, hourMark, now, number, percent, wallTime } from '../lib/format';
import { hoursOn } from '../lib/hours';
import { live } from '../lib/live';
import { may } from '../lib/may';
import { machineName, modelName, siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { go, place } from '../lib/router';
import { recent, wantRuns } from '../lib/runs';
import { looking, stopPanel } from '../lib/stop';
import { useStore } from '../lib/store';
import type { List, Machine, Site, Status, ThroughputRow } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Badge, Button, Select } from '../parts/basic';
import { Icon } from '../parts/icons';
import { MachineSheet } from '../parts/machine-sheet';
import { Tile } from '../parts/tiles';
import { Vanished } from '../parts/vanished';
import { Waitless } from './today';

const ICONS = { you: 'hand', lock: 'lock', run: 'run', ready: 'ready', off: 'off', out: 'wrench' } as const;

interface Filter {
  families: Family[];
  kind: string;
  text: string;
  only: string[]; // machines another page asked for
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function matches(status: Status, machine: Machine, filter: Filter): boolean {
  if (filter.only.length && !filter.only.includes(machine.id)) return false;
  if (filter.families.length && !filter.families.includes(face(machine).family)) return false;
  if (filter.kind && machine.kind !== filter.kind) return false;
  const all = plain(`${machine.id} ${machineName(status, machine)} ${modelName(status, machine.model)}`);
  return plain(filter.text).split(/\s+/).every((word) => all.includes(word));
}

function Filters({ status, filter, onChange }: { status: Status; filter: Filter; onChange: (filter: Filter) => void }) {
  const toggle = (family: Family) => {
    const on = filter.families.includes(family);
    onChange({ ...filter, only: [], families: on ? filter.families.filter((one) => one !== family) : [...filter.families, family] });
  };
  const count = (family: Family) => status.machines.filter((machine) => face(machine).family === family).length;
  const none = filter.families.length === 0 && filter.only.length === 0;
  return (
    <div class="filters">
      <div class="chips" role="group" aria-label={t('machines')}>
        <button type="button" class="filter" aria-pressed={none} onClick={() => onChange({ ...filter, families: [], only: [] })}>
          {t('allMachines')} <b>{number(status.machines.length)}</b>
        </button>
        {FAMILIES.map((family) => (
          <button key={family} type="button" class={`filter ${family}`} aria-pressed={filter.families.includes(family)} onClick={() => toggle(family)}>
            <Icon name={ICONS[family]} />
            {t(`family_${family}` as Key)} <b>{number(count(family))}</b>
          </button>
        ))}
      </div>
      <Select hidden label={t('kind')} value={filter.kind} onChange={(kind) => onChange({ ...filter, kind })} options={[['', t('bothKinds')], ['printer', t('printers')], ['laser', t('lasers')]]} />
      <label class="search">
        <Icon name="search" />
        <span class="unseen">{t('search')}</span>
        <input type="search" placeholder={t('search')} value={filter.text} onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })} />
      </label>
    </div>
  );
}

function hoursToday(site: Site): string {
  const spans = hoursOn(site.hours, wallTime(now()).weekday);
  if (spans.length === 0) return t('closedToday');
  if (spans.some(([from, to]) => from === 0 && to >= 1440)) return t('allDay');
  return spans.map(([from, to]) => t('hoursSpan', { from: hourMark(from), to: hourMark(to) })).join(', ');
}

// When the site was last heard: its freshest machine.
function Heard({ machines }: { machines: Machine[] }) {
  const heard = machines.flatMap((machine) => machine.heard ?? []).sort().pop();
  if (!heard) return <p class="second stale-word">{t('neverHeard')}</p>;
  if (ageMs(heard) > STALE_MS) return <p class="second stale-word"><Icon name="off" /> {t('lastHeard', { age: age(heard) })}</p>;
  return <p class="second">{t('seenNow')}</p>;
}

function SiteRow({ status, site, machines, good, onOpen }: {
  status: Status;
  site: Site;
  machines: Machine[];
  good: number | null;
  onOpen: (machine: string) => void;
}) {
  const runs = useStore(recent);
  const all = status.machines.filter((machine) => machine.site === site.id);
  const running = all.filter((machine) => face(machine).family === 'run').length;
  return (
    <section class="site-row" aria-labelledby={`site-${site.id}`}>
      <header>
        <Badge large status={status} site={site.id} />
        <div>
          <h2 id={`site-${site.id}`}>{siteName(status, site.id)}</h2>
          <p class="second">
            {hoursToday(site)} · {t('running', { n: running, all: all.length })}
          </p>
          <Heard machines={all} />
        </div>
        <p class="site-good">
          <b>{number(good)}</b> <span class="second">{t('goodLower', { n: good ?? 0 })}</span>
        </p>
        {may('operator', site.id) && (
          <button type="button" class="stop-site" onClick={() => stopPanel.set({ kind: 'site', id: site.id })} aria-label={`${t('stopSite')} ${siteName(status, site.id)}`}>
            <Icon name="octagon" /> <span>{t('stopSite')}</span>
          </button>
        )}
      </header>
      <div class="tiles">
        {machines.map((machine) => (
          <Tile key={machine.id} status={status} machine={machine} runs={runs} onOpen={() => onOpen(machine.id)} />
        ))}
      </div>
    </section>
  );
}

function bySiteWait(status: Status): Site[] {
  const worst = (site: Site) => status.machines.filter((machine) => machine.site === site.id && waitsForPerson(machine)).sort(byWait)[0];
  return [...status.sites].sort((a, b) => {
    const [wa, wb] = [worst(a), worst(b)];
    if (wa && wb) return byWait(wa, wb);
    return wa ? -1 : wb ? 1 : 0;
  });
}

// The order of sites, which waits until the pointer has left and no sheet is open.
function useOrder(status: Status | null, busy: boolean): [Site[], object] {
  const [held, setHeld] = useState<string[] | null>(null);
  const sites = status ? bySiteWait(status) : [];
  const order = busy || held ? held : null;
  const hold = () => setHeld((old) => old ?? sites.map(({ id }) => id));
  const shown = order ? order.flatMap((id) => sites.find((site) => site.id === id) ?? []) : sites;
  return [shown, { onPointerEnter: hold, onPointerLeave: () => setHeld(null), onFocusIn: hold }];
}

export function MachinesPage() {
  const { status } = useStore(live);
  const { search } = useStore(place);
  const asked = search.get('only')?.split(',').filter(Boolean) ?? [];
  const [filter, setFilter] = useState<Filter>({ families: [], kind: '', text: search.get('site') ?? '', only: asked });
  const [open, setOpen] = useState<string | null>(null);
  const made = useRead(() => get<List<ThroughputRow>>('/api/v1/throughput').then((list) => list.items), null as ThroughputRow[] | null, '');
  const [sites, steady] = useOrder(status, open !== null);
  useEffect(wantRuns, []);
  useEffect(() => () => looking.set({}), []);
  if (!status) return <Waitless />;

  const shown = status.machines.filter((machine) => matches(status, machine, filter));
  const goodAt = (site: string) => made && made.filter((row) => row.site === site).reduce((sum, row) => sum + row.good, 0);
  const sums = Object.values(status.today.good).reduce((a, b) => a + b, 0);
  const lost = Object.values(status.today.scrap).reduce((a, b) => a + b, 0);
  const machine = status.machines.find((one) => one.id === open);
  const change = (next: Filter) => {
    if (search.has('only') && next.only.length === 0) go('/machines');
    setFilter(next);
  };
  return (
    <div class="machines-page">
      <h1 class="unseen" tabIndex={-1}>
        {t('machines')}
      </h1>
      <Vanished status={status} />
      <Filters status={status} filter={filter} onChange={change} />
      <p class="second machines-sub">
        <span>{t('longestFirst')}</span>
        <span>
          {t('productionSentence', { good: sums, scrap: lost })}
          {sums + lost > 0 && `, ${t('scrapShare', { share: percent(lost / (sums + lost), 1) })}`}
        </span>
        <span class="wide-only">{t('tileLegend')}</span>
      </p>
      {status.machines.length === 0 && <p>{t('noMachines')}</p>}
      {status.machines.length > 0 && shown.length === 0 && (
        <p>
          {t('noMatch')}{' '}
          <Button kind="quiet" onClick={() => change({ families: [], kind: '', text: '', only: [] })}>
            {t('clearFilters')}
          </Button>
        </p>
      )}
      <div {...steady}>
        {sites.map((site) => {
          const machines = shown.filter((one) => one.site === site.id);
          return machines.length > 0 && <SiteRow key={site.id} status={status} site={site} machines={machines} good={goodAt(site.id)} onOpen={setOpen} />;
        })}
      </div>
      {machine && <MachineSheet status={status} machine={machine} onClose={() => setOpen(null)} />}
    </div>
  );
}
