// SPDX-License-Identifier: Apache-2.0
// Effectiveness of what is shown, and the same days added up by any choice of groups.
import { useState } from 'preact/hooks';
import { get, query } from '../lib/api';
import { duration, number, percent, shortDay, UNKNOWN } from '../lib/format';
import { itemName } from '../lib/goods';
import { live } from '../lib/live';
import { machineName, modelName, siteName } from '../lib/names';
import { type Effect, effect, type Group, type GroupRow, GROUPS, TIMES } from '../lib/oee';
import { useAnswer } from '../lib/read';
import { createKept, useStore } from '../lib/store';
import type { List, Status } from '../lib/types';
import { reasonWords } from '../lib/verdict';
import { type Key, t } from '../lib/words';
import { Bar, Button, Fault } from './basic';
import { type Cell, Export } from './export';

const FIRST = 40;
const chosen = createKept<Group[]>('production-groups', ['site']);

export interface Shown {
  from: string;
  to: string;
  part: string;
  site: string;
}

// Three bars and the figure they make; nobody can act on the product alone.
function Effectiveness({ of }: { of: Effect }) {
  const rows: [Key, number | null, Key][] = [
    ['availability', of.availability, 'availabilityIs'],
    ['performance', of.performance, 'performanceIs'],
    ['quality', of.quality, 'qualityShare'],
  ];
  return (
    <div class="oee">
      <p class="card-figure">
        {percent(of.oee, 1)} <span class="second">{t('oeeIs')}</span>
      </p>
      <ul class="bars">
        {rows.map(([name, share, words]) => (
          <li key={name}>
            <span>
              {t(name)} <span class="second">{t(words)}</span>
            </span>
            <Bar share={share ?? 0} />
            <b>{percent(share, 1)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

function GroupChoice({ groups }: { groups: Group[] }) {
  const turn = (group: Group) => {
    const next = GROUPS.filter((one) => (one === group) !== groups.includes(one));
    if (next.length > 0) chosen.set(next);
  };
  return (
    <div class="group-choice" role="group" aria-label={t('groupBy')}>
      {GROUPS.map((group) => (
        <Button key={group} kind="chip" aria-pressed={groups.includes(group)} onClick={() => turn(group)}>
          {t(`group_${group}` as Key)}
        </Button>
      ))}
    </div>
  );
}

function nameIn(status: Status, group: Group, row: GroupRow): string {
  const name = row[group];
  if (!name) return group === 'shift' ? t('noShift') : UNKNOWN;
  if (group === 'day') return shortDay(`${name}T12:00:00Z`);
  if (group === 'site') return siteName(status, name);
  if (group === 'machine') return machineName(status, { id: name, site: row.site || (status.machines.find(({ id }) => id === name)?.site ?? '') });
  if (group === 'model') return modelName(status, name);
  if (group === 'part') return itemName(status, name);
  if (group === 'reason') return reasonWords(name);
  return name === 'open' ? t('openHours') : name;
}

const NUMBERS: [Key, string, (row: GroupRow) => number | null, (value: number | null) => string][] = [
  ['good', 'good', (row) => row.good, number],
  ['scrap', 'scrap', (row) => row.scrap, number],
  ['kits', 'kits', (row) => row.kits, number],
  ['runsHead', 'runs', (row) => row.runs, number],
  ['availability', 'availability', (row) => row.oee.availability, percent],
  ['performance', 'performance', (row) => row.oee.performance, percent],
  ['quality', 'quality', (row) => row.oee.quality, percent],
  ['oee', 'oee', (row) => row.oee.oee, percent],
  ['cycleMedian', 'cycle_median_s', (row) => row.cycle_s.median, duration],
  ['cycleP90', 'cycle_p90_s', (row) => row.cycle_s.p90, duration],
];

function GroupTable({ status, groups, rows }: { status: Status; groups: Group[]; rows: GroupRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('groupsTitle')}>
      <table class="group-table">
        <thead>
          <tr>
            {groups.map((group) => (
              <th key={group} scope="col">
                {t(`group_${group}` as Key)}
              </th>
            ))}
            {NUMBERS.map(([word]) => (
              <th key={word} scope="col" class="num">
                {t(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={groups.map((group) => row[group]).join('\n')}>
              {groups.map((group) => (
                <td key={group}>{nameIn(status, group, row)}</td>
              ))}
              {NUMBERS.map(([word, , value, words]) => (
                <td key={word} class={word === 'oee' ? 'num strong' : 'num'}>
                  {words(value(row))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Breakdown({ shown }: { shown: Shown }) {
  const { status } = useStore(live);
  const groups = useStore(chosen);
  const [all, setAll] = useState(false);
  const asked = query({ ...shown, group: groups.join(',') });
  const { value, fault } = useAnswer(() => get<List<GroupRow>>(`/api/v1/throughput${asked}`), asked);
  const rows = value?.items ?? [];
  if (!status) return null;
  const columns = [...groups, ...NUMBERS.map(([, name]) => name), ...TIMES.map((kind) => `${kind}_s`)];
  const cells = rows.map((row): Cell[] => [...groups.map((group) => row[group] ?? ''), ...NUMBERS.map(([, , of]) => of(row)), ...TIMES.map((kind) => row.seconds[kind])]);
  return (
    <section class="card padded" aria-labelledby="groups">
      <div class="table-head">
        <h2 id="groups">{t('groupsTitle')}</h2>
        <Export name={`usine-${shown.from}-${shown.to}-${groups.join('-')}`} columns={columns} rows={cells} />
      </div>
      <Fault text={fault} />
      <Effectiveness of={effect(rows)} />
      <GroupChoice groups={groups} />
      {value && rows.length === 0 ? <p>{t('nothingMade')}</p> : <GroupTable status={status} groups={groups} rows={all ? rows : rows.slice(0, FIRST)} />}
      {rows.length > FIRST && !all && (
        <Button kind="quiet" icon="down" onClick={() => setAll(true)}>
          {t('showAll', { n: rows.length - FIRST })}
        </Button>
      )}
    </section>
  );
}
