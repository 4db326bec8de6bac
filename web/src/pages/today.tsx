// SPDX-License-Identifier: Apache-2.0
// Does today reach the target, and what waits for a person?
import { useEffect, useState } from 'preact/hooks';
import { get } from '../lib/api';
import { closed, countedPart, type Curve, type Day, dayOf, pace, projection, readCurve } from '../lib/day';
import { byWait, FAMILIES, face, waitsForPerson } from '../lib/face';
import { age, clock, day as dayWords, duration, lasting, now, number, percent } from '../lib/format';
import { config, live } from '../lib/live';
import { may, mayAnywhere, toReceive } from '../lib/may';
import { machineName, partName, siteName } from '../lib/names';
import { lyingRun, recent, wantRuns } from '../lib/runs';
import { useRead } from '../lib/read';
import { createKept, useStore } from '../lib/store';
import type { Job, List, Machine, Status, ThroughputRow } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Badge, Bar, Button, Link, Select } from '../parts/basic';
import { DayCurve } from '../parts/curve';
import { Icon } from '../parts/icons';
import { MachineSheet } from '../parts/machine-sheet';
import { OrderCard } from '../parts/order-card';
import { PageTitle } from '../parts/shell';
import { detail, Glyph } from '../parts/tiles';
import { Vanished } from '../parts/vanished';

export const chosenPart = createKept('part', '');
export const chosenSite = createKept('site', '');
const ROWS = 12;
const ROWS_PHONE = 4;

const NO_CURVE: Curve = { points: [], exact: true };

function difference(day: Day, good: number, target: number): string {
  const ahead = good - pace(day, target);
  const values = { n: number(Math.abs(ahead)), time: clock(now()) };
  if (ahead === 0) return t('onPace', values);
  return t(ahead > 0 ? 'aheadPace' : 'behindPace', values);
}

function answer(day: Day, end: number | null, target: number): string {
  if (!day.open) return t('closedNow');
  if (end === null) return t('noProjection');
  const missing = target - end;
  return `${t('projected', { n: number(end) })} ${missing > 0 ? t('short', { n: number(missing) }) : t('above')}`;
}

function lowWords(status: Status, low: NonNullable<Status['low']>[number]): string {
  const what = low.site ? t('lowAt', { part: partName(status, low.part), site: siteName(status, low.site) }) : partName(status, low.part);
  return low.days === null ? what : t('lowDays', { what, days: number(low.days, 1) });
}

function Figure({ status }: { status: Status }) {
  const known = status.parts?.map((part) => part.id) ?? useStore(config)?.parts ?? [];
  const part = countedPart(status, known, useStore(chosenPart));
  const good = status.today.good[part] ?? 0;
  const target = status.today.target;
  const day = dayOf(status.sites, now());
  const end = projection(day, good);
  const curve = useRead(() => readCurve(part), NO_CURVE, part);
  const beds = status.machines.filter((machine) => face(machine).word === 'toClear').length;
  const receive = toReceive(status.sites);
  const blocked = may('coordinator') ? (status.blocked ?? []).length : 0;
  const data = { label: partName(status, part), day, points: closed(curve, day, good), good, target, end };
  return (
    <section class="card figure" aria-labelledby="figure">
      <div class="figure-top">
        <div>
          <PageTitle>
            <span id="figure">{t('todayTitle', { part: partName(status, part), day: dayWords(now()) })}</span>
          </PageTitle>
          <p class="big">
            <b>{number(good)}</b> <span>{t('perDay', { n: number(target) })}</span>
          </p>
        </div>
        <div class="answer">
          <p class="answer-words">{answer(day, end, target)}</p>
          <p class="second">
            {difference(day, good, target)}
            {end !== null && ` · ${t('projectionName')}`}
          </p>
          {(status.low ?? []).length > 0 && (
            <p class="note wait">
              <span class="chip wait">
                <Icon name="warn" />
              </span>
              <Link to="/stock">{t('lowNow', { what: (status.low ?? []).map((low) => lowWords(status, low)).join(' ; ') })}</Link>
            </p>
          )}
          {(status.by_hand ?? 0) > 0 && (
            <p class="note wait">
              <span class="chip you">
                <Icon name="hand" />
              </span>
              <Link to="/steps">{t('waitingHands', { n: status.by_hand ?? 0 })}</Link>
            </p>
          )}
          {receive > 0 && (
            <p class="note wait">
              <span class="chip you">
                <Icon name="hand" />
              </span>
              <Link to="/stock">{t('waitingReceive', { n: receive })}</Link>
            </p>
          )}
          {blocked > 0 && (
            <p class="note wait">
              <span class="chip you">
                <Icon name="lock" />
              </span>
              <Link to="/stock">{t('waitingBlocked', { n: blocked })}</Link>
            </p>
          )}
          {beds > 0 && (
            <p class="note wait">
              <span class="chip you">
                <Icon name="hand" />
              </span>
              <span>
                <b>{t('waitingBeds', { n: beds })}</b> {t('waitingBedsDo')}
              </span>
            </p>
          )}
        </div>
      </div>
      <DayCurve data={data} height={250} />
      <div class="figure-foot">
        <p class="second">{t(curve.exact ? 'curveBy' : 'curveByEnd')}</p>
        {known.length > 1 && <Select label={t('partShown')} value={part} onChange={(value) => chosenPart.set(value)} options={known.map((id) => [id, partName(status, id)])} />}
      </div>
    </section>
  );
}

function WaitingRow({ status, machine, onOpen }: { status: Status; machine: Machine; onOpen: () => void }) {
  const shown = face(machine);
  const lying = lyingRun(machine, useStore(recent));
  const verb = t(may('operator', machine.site) ? (shown.verb ?? 'see') : 'see');
  return (
    <li class={shown.family}>
      <span class="waited">{age(machine.since)}</span>
      <span class={`chip ${shown.family}`}>
        <Icon name={shown.icon} size={18} />
      </span>
      <span class="who">
        <b>{machineName(status, machine)}</b> <Badge status={status} site={machine.site} />
        <span class="second">
          <b class={`state ${shown.family}`}>{t(shown.word)}</b> <span class="phone-only">{lasting(machine.since)}</span>
          <span class="wide-only">{detail(status, machine, lying ? [lying] : []) && ` · ${detail(status, machine, lying ? [lying] : [])}`}</span>
        </span>
      </span>
      <Button onClick={onOpen} aria-label={`${verb} ${machineName(status, machine)}`}>
        {verb}
      </Button>
    </li>
  );
}

// Rows do not move under a finger: while the pointer or the focus is on the list, its order stays.
function useSteady(ids: string[]): [string[], object] {
  const [held, setHeld] = useState<string[] | null>(null);
  const shown = held ? held.filter((id) => ids.includes(id)) : ids;
  const hold = () => setHeld((old) => old ?? ids);
  const free = () => setHeld(null);
  return [shown, { onPointerEnter: hold, onPointerLeave: free, onFocusIn: hold, onFocusOut: free }];
}

function WaitCost() {
  const rows = useRead(() => get<List<ThroughputRow>>('/api/v1/throughput').then((list) => list.items), [], '');
  const seconds = rows.reduce((sum, row) => sum + row.seconds.waiting, 0);
  return seconds < 60 ? null : <p class="second">{t('waitCost', { time: duration(seconds) })}</p>;
}

function Waiting({ status, onOpen }: { status: Status; onOpen: (machine: string) => void }) {
  const [all, setAll] = useState(false);
  const site = useStore(chosenSite);
  const waiting = status.machines.filter((machine) => waitsForPerson(machine) && (!site || machine.site === site)).sort(byWait);
  const [ids, steady] = useSteady(waiting.map((machine) => machine.id));
  const rows = all ? ROWS * 100 : window.innerWidth < 640 ? ROWS_PHONE : ROWS;
  const shown = ids.slice(0, rows).flatMap((id) => waiting.find((machine) => machine.id === id) ?? []);
  return (
    <section class="card waiting" aria-labelledby="waiting">
      <header>
        <div>
          <h2 id="waiting" tabIndex={-1}>
            {waiting.length ? t('needSomeone', { n: waiting.length }) : t('noneWaits')}
          </h2>
          <WaitCost />
        </div>
        <Select hidden label={t('site')} value={site} onChange={(value) => chosenSite.set(value)} options={[['', t('allSites')], ...status.sites.map(({ id }): [string, string] => [id, siteName(status, id)])]} />
      </header>
      <ul {...steady}>
        {shown.map((machine) => (
          <WaitingRow key={machine.id} status={status} machine={machine} onOpen={() => onOpen(machine.id)} />
        ))}
      </ul>
      {waiting.length > rows && (
        <Button kind="quiet" icon="down" onClick={() => setAll(true)}>
          {t('showAll', { n: waiting.length - rows })}
        </Button>
      )}
      {all && waiting.length > ROWS && (
        <Button kind="quiet" icon="up" onClick={() => setAll(false)}>
          {t('showLess')}
        </Button>
      )}
    </section>
  );
}

function Made({ status }: { status: Status }) {
  const { good, scrap } = status.today;
  const parts = [...new Set([...Object.keys(good), ...Object.keys(scrap)])].filter((part) => good[part] || scrap[part]);
  const lost = Object.values(scrap).reduce((sum, n) => sum + n, 0);
  const all = lost + Object.values(good).reduce((sum, n) => sum + n, 0);
  return (
    <section class="card padded made" aria-labelledby="made">
      <h2 id="made">{t('madeToday')}</h2>
      {parts.length === 0 ? (
        <p class="second">{t('nothingCounted')}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('part')}</th>
              <th scope="col" class="num">
                {t('good')}
              </th>
              <th scope="col" class="num">
                {t('scrap')}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part}>
                <th scope="row">{partName(status, part)}</th>
                <td class="num strong">{number(good[part] ?? 0)}</td>
                <td class="num">{number(scrap[part] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lost > 0 && (
        <p class="second">
          {t('scrapToday', { n: lost })}, {t('scrapShare', { share: percent(lost / all, 1) })}
        </p>
      )}
    </section>
  );
}

function Jobs({ status }: { status: Status }) {
  const jobs = useRead(() => get<List<Job>>('/api/v1/jobs?state=open').then((list) => list.items), [], '');
  return (
    <section class="card padded" aria-labelledby="jobs">
      <h2 id="jobs">{t('jobsTitle')}</h2>
      {jobs.length === 0 && (
        <p>
          {t('noJobs')} {mayAnywhere('coordinator') && <Link to="/queue">{t('createJob')}</Link>}
        </p>
      )}
      <ul class="job-lines">
        {jobs.slice(0, 5).map((job) => (
          <li key={job.id}>
            <span>
              <b>{partName(status, job.part)}</b>
              <span>
                {number(job.good)} / {number(job.quantity)}
              </span>
            </span>
            <Bar share={job.good / job.quantity} of={job.in_flight / job.quantity} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Glyphs({ status, onOpen }: { status: Status; onOpen: (machine: string) => void }) {
  const families = FAMILIES.map((family) => ({ family, machines: status.machines.filter((machine) => face(machine).family === family) }));
  const icons = { you: 'hand', lock: 'lock', run: 'run', ready: 'ready', off: 'off', out: 'wrench' } as const;
  return (
    <section class="card padded glyphs" aria-labelledby="glyphs">
      <header>
        <h2 id="glyphs">{t('machinesSites', { n: status.machines.length, s: status.sites.length })}</h2>
        <ul class="families">
          {families.map(({ family, machines }) => (
            <li key={family} class={`state ${family}`}>
              <Icon name={icons[family]} /> {t(`family_${family}` as Key)} <b>{number(machines.length)}</b>
            </li>
          ))}
        </ul>
      </header>
      <ul class="glyph-sites">
        {status.sites.map((site) => (
          <li key={site.id}>
            <p>
              <Badge status={status} site={site.id} /> {siteName(status, site.id)}
            </p>
            <div class="glyph-row">
              {status.machines
                .filter((machine) => machine.site === site.id)
                .map((machine) => (
                  <Glyph key={machine.id} status={status} machine={machine} onClick={() => onOpen(machine.id)} />
                ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function TodayPage() {
  const { status } = useStore(live);
  const [open, setOpen] = useState<string | null>(null);
  useEffect(wantRuns, []);
  if (!status) return <Waitless />;
  const machine = status.machines.find((one) => one.id === open);
  return (
    <div class="today-page">
      <Vanished status={status} />
      <Figure status={status} />
      <Waiting status={status} onOpen={setOpen} />
      <Made status={status} />
      <Jobs status={status} />
      <OrderCard status={status} />
      <Glyphs status={status} onOpen={setOpen} />
      {machine && <MachineSheet status={status} machine={machine} onClose={() => setOpen(null)} />}
    </div>
  );
}

// Grey shapes of the right size while nothing has come yet.
export function Waitless() {
  const { link } = useStore(live);
  return (
    <div>
      <PageTitle>{t('today')}</PageTitle>
      <p class="second">{t(link === 'lost' ? 'noData' : 'joining')}</p>
      <div class="grey-shapes" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
