// SPDX-License-Identifier: Apache-2.0
// Where the time of each machine went on one day: bars that add up to the whole day, the figures under them.
import { useState } from 'preact/hooks';
import { duration, number, shortDay } from '../lib/format';
import { machineName } from '../lib/names';
import { addUp, byMachine, type Seconds, TIMES } from '../lib/oee';
import type { Status, ThroughputRow } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Select } from './basic';
import { Export } from './export';

const FIRST = 16;
const hours = (seconds: number) => (seconds < 60 ? number(0) : seconds < 3600 ? duration(seconds) : t('hoursN', { n: number(seconds / 3600, 1) }));

function Stack({ seconds, of, words }: { seconds: Seconds; of: number; words: string }) {
  return (
    <span class="time-bar thin" role="img" aria-label={words}>
      {TIMES.map((kind) => seconds[kind] > 0 && <i key={kind} class={kind} style={{ width: `${(seconds[kind] / of) * 100}%` }} />)}
    </span>
  );
}

const sentence = (name: string, seconds: Seconds) => `${name}. ${TIMES.filter((kind) => seconds[kind] > 0).map((kind) => `${t(`timeOf_${kind}` as Key)} ${hours(seconds[kind])}`).join(', ')}`;

export function MachineDays({ status, rows }: { status: Status; rows: ThroughputRow[] }) {
  const days = [...new Set(rows.filter((row) => row.machine).map((row) => row.day))].sort().reverse();
  const [wanted, setDay] = useState('');
  const [all, setAll] = useState(false);
  const day = days.includes(wanted) ? wanted : (days[0] ?? '');
  const machines = byMachine(rows, day).map((one) => ({ ...one, name: machineName(status, { id: one.machine, site: one.site }), sum: addUp(one.seconds) }));
  const longest = Math.max(86400, ...machines.map(({ sum }) => sum));
  if (machines.length === 0) return null;
  const shown = all ? machines : machines.slice(0, FIRST);
  return (
    <section class="card padded" aria-labelledby="machine-days">
      <div class="table-head">
        <h2 id="machine-days">{t('machineDays')}</h2>
        <div class="act-row">
          <Select label={t('dayHead')} value={day} onChange={setDay} options={days.map((one): [string, string] => [one, shortDay(`${one}T12:00:00Z`)])} />
          <Export name={`usine-${day}-machines`} columns={['day', 'machine', ...TIMES.map((kind) => `${kind}_s`), 'sum_s']} rows={machines.map(({ machine, seconds, sum }) => [day, machine, ...TIMES.map((kind) => seconds[kind]), sum])} />
        </div>
      </div>
      <p class="second">{t('machineDaysHelp')}</p>
      <ul class="machine-days">
        {shown.map(({ machine, name, seconds, sum }) => (
          <li key={machine}>
            <span>{name}</span>
            <Stack seconds={seconds} of={longest} words={sentence(name, seconds)} />
            <b>{hours(sum)}</b>
          </li>
        ))}
      </ul>
      {machines.length > FIRST && !all && (
        <Button kind="quiet" icon="down" onClick={() => setAll(true)}>
          {t('showAll', { n: machines.length - FIRST })}
        </Button>
      )}
      <details>
        <summary>{t('seeFigures')}</summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={t('machineDays')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('byMachine')}</th>
                {TIMES.map((kind) => (
                  <th key={kind} scope="col" class="num">
                    {t(`timeOf_${kind}` as Key)}
                  </th>
                ))}
                <th scope="col" class="num">
                  {t('total')}
                </th>
              </tr>
            </thead>
            <tbody>
              {machines.map(({ machine, name, seconds, sum }) => (
                <tr key={machine}>
                  <th scope="row">{name}</th>
                  {TIMES.map((kind) => (
                    <td key={kind} class="num">
                      {hours(seconds[kind])}
                    </td>
                  ))}
                  <td class="num strong">{hours(sum)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
