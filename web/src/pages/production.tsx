// SPDX-License-Identifier: Apache-2.0
import { useMemo, useState } from 'preact/hooks';
import { get, query } from '../lib/api';
import { isoDay, now, number, percent, shortDay } from '../lib/format';
import { config, live } from '../lib/live';
import { machineName, partName, siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { sentence } from '../lib/said';
import { useStore } from '../lib/store';
import { save } from '../lib/save';
import { type Made, type Table, table, tableCsv } from '../lib/table';
import type { CycleRow, List, ScrapRow, Status, ThroughputRow } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Fault, Select } from '../parts/basic';
import { Breakdown } from '../parts/breakdown';
import { MachineDays } from '../parts/machine-days';
import { CycleTimes, MachineTime, ScrapReasons } from '../parts/production-charts';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

const DAY_MS = 86400000;

function MadeCell({ made, strong }: { made: Made; strong?: boolean }) {
  if (made.good === 0 && made.scrap === 0) return <td class="num second">0</td>;
  return (
    <td class={strong ? 'num strong' : 'num'}>
      {number(made.good)}
      {made.scrap > 0 && <span class="scrapped"> ({number(made.scrap)})</span>}
    </td>
  );
}

function MadeTable({ shown, nameOf, onColumn }: { shown: Table; nameOf: (column: string) => string; onColumn?: (column: string) => void }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('byDaySite')}>
      <table class="made-table">
        <thead>
          <tr>
            <th scope="col">{t('dayHead')}</th>
            {shown.columns.map((column) => (
              <th key={column} scope="col" class="num">
                {onColumn ? (
                  <button type="button" class="column" onClick={() => onColumn(column)}>
                    {nameOf(column)}
                  </button>
                ) : (
                  nameOf(column)
                )}
              </th>
            ))}
            <th scope="col" class="num">
              {t('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.days.map((day) => (
            <tr key={day}>
              <th scope="row">{shortDay(`${day}T12:00:00Z`)}</th>
              {shown.columns.map((column) => (
                <MadeCell key={column} made={shown.cell(day, column)} />
              ))}
              <MadeCell made={shown.ofDay(day)} strong />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            {shown.columns.map((column) => (
              <MadeCell key={column} made={shown.ofColumn(column)} strong />
            ))}
            <MadeCell made={shown.all} strong />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface Period {
  from: string;
  to: string;
  part: string;
}

function Choose({ status, parts, period, onChange }: { status: Status; parts: string[]; period: Period; onChange: (period: Period) => void }) {
  const field = (name: 'from' | 'to', word: Key) => (
    <label class="field small">
      <span>{t(word)}</span>
      <input type="date" value={period[name]} max={isoDay(now())} onChange={(event) => event.currentTarget.value && onChange({ ...period, [name]: event.currentTarget.value })} />
    </label>
  );
  return (
    <div class="choose">
      {field('from', 'from')}
      {field('to', 'to')}
      <Select label={t('part')} value={period.part} onChange={(part) => onChange({ ...period, part })} options={[['', t('allParts')], ...parts.map((id): [string, string] => [id, partName(status, id)])]} />
    </div>
  );
}

function answer(made: Made): string {
  if (made.good + made.scrap === 0) return t('nothingMade');
  const share = t('scrapShare', { share: percent(made.scrap / (made.good + made.scrap), 1) });
  return `${t('productionSentence', { good: made.good, scrap: made.scrap })}, ${share}`;
}

function useRows(period: Period): [ThroughputRow[] | null, string] {
  const [fault, setFault] = useState('');
  const rows = useRead(
    async () => {
      try {
        const list = await get<List<ThroughputRow>>(`/api/v1/throughput${query({ ...period })}`);
        setFault('');
        return list.items;
      } catch (caught) {
        setFault(sentence((caught as Error).message) || t('noAnswer'));
        throw caught;
      }
    },
    null as ThroughputRow[] | null,
    JSON.stringify(period),
  );
  return [rows, fault];
}

export function ProductionPage() {
  const { status } = useStore(live);
  const known = useStore(config)?.parts ?? [];
  const [period, setPeriod] = useState<Period>({ from: isoDay(now() - 6 * DAY_MS), to: isoDay(now()), part: '' });
  const [site, setSite] = useState('');
  const [rows, fault] = useRows(period);
  const scrap = useRead(() => get<List<ScrapRow>>(`/api/v1/scrap${query({ ...period, site })}`).then((list) => list.items), [], JSON.stringify([period, site]));
  const cycles = useRead(() => get<List<CycleRow>>(`/api/v1/cycles${query({ ...period, site })}`).then((list) => list.items), [], JSON.stringify([period, site]));
  const sites = status?.sites.map(({ id }) => id) ?? [];
  const bySite = useMemo(() => table(rows ?? [], 'site', sites), [rows, sites.join()]);
  const byMachine = useMemo(() => table((rows ?? []).filter((row) => row.site === site), 'machine', []), [rows, site]);
  if (!status || !rows) return fault ? <Fault text={fault} /> : <Waitless />;
  const shown = rows.filter((row) => !site || row.site === site);
  const machine = (id: string) => machineName(status, { id, site });
  return (
    <div class="production-page">
      <section class="card padded" aria-labelledby="production">
        <header class="card-head bare">
          <PageTitle sub={answer(bySite.all)}>
            <span id="production">{t('production')}</span>
          </PageTitle>
          <Choose status={status} parts={status.parts?.map((part) => part.id) ?? known} period={period} onChange={setPeriod} />
        </header>
        <Fault text={fault} />
        <div class="table-head">
          <h2>
            {t('byDaySite')} <span class="second">{t('goodScrap')}</span>
          </h2>
          <div class="act-row">
            <Button disabled={bySite.days.length === 0} onClick={() => save(`usine-${period.from}-${period.to}`, 'csv', tableCsv(bySite))}>
              {t('csv')}
            </Button>
            <a class="button plain" href={`/api/v1/throughput.csv${query({ ...period, site })}`} download>
              {t('csvAll')}
            </a>
          </div>
        </div>
        {bySite.days.length === 0 ? <p>{t('nothingMade')}</p> : <MadeTable shown={bySite} nameOf={(id) => siteName(status, id)} onColumn={(id) => setSite(id === site ? '' : id)} />}
        {site && byMachine.days.length > 0 && (
          <>
            <h2>{t('perMachine', { site: siteName(status, site) })}</h2>
            <MadeTable shown={byMachine} nameOf={machine} />
          </>
        )}
      </section>
      {site && <p class="second">{t('onlySite', { site: siteName(status, site) })}</p>}
      <Breakdown shown={{ ...period, site }} />
      <MachineTime rows={shown} />
      <MachineDays status={status} rows={shown} />
      <ScrapReasons rows={scrap} />
      <CycleTimes rows={cycles} />
    </div>
  );
}
