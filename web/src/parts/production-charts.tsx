// SPDX-License-Identifier: Apache-2.0
import { duration, number } from '../lib/format';
import { median } from '../lib/table';
import type { RunRow, ThroughputRow } from '../lib/types';
import { reasonWords } from '../lib/verdict';
import { type Key, t } from '../lib/words';
import { Bar } from './basic';
import { useWidth } from './curve';

export function ScrapReasons({ runs }: { runs: RunRow[] }) {
  const judged = runs.filter((run) => run.judged);
  const reasons = new Map<string, number>();
  for (const run of judged) {
    const scrap = run.parts.reduce((sum, part) => sum + part.scrap, 0);
    if (scrap > 0) reasons.set(reasonWords(run.reason), (reasons.get(reasonWords(run.reason)) ?? 0) + scrap);
  }
  const rows = [...reasons].sort((a, b) => b[1] - a[1]);
  const top = rows[0]?.[1] ?? 1;
  return (
    <section class="card padded" aria-labelledby="scrap">
      <h2 id="scrap">{t('scrapBy')}</h2>
      <p class="second">{rows.length ? t('scrapOf', { n: judged.length }) : t('noScrap')}</p>
      <ul class="bars">
        {rows.slice(0, 10).map(([reason, n]) => (
          <li key={reason}>
            <span>{reason}</span>
            <Bar share={n / top} tone="grey" />
            <b>{number(n)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TIMES = ['running', 'heating', 'waiting', 'idle', 'down', 'offline'] as const;

export function MachineTime({ rows }: { rows: ThroughputRow[] }) {
  const seconds = TIMES.map((kind) => ({ kind, s: rows.reduce((sum, row) => sum + row.seconds[kind], 0) }));
  const all = seconds.reduce((sum, { s }) => sum + s, 0);
  return (
    <section class="card padded" aria-labelledby="time">
      <h2 id="time">{t('machineTime')}</h2>
      <div class="time-bar" aria-hidden="true">
        {seconds.map(({ kind, s }) => s > 0 && <i key={kind} class={kind} style={{ flexGrow: s / (all || 1) }} />)}
      </div>
      <ul class="time-key">
        {seconds.map(({ kind, s }) => (
          <li key={kind}>
            <span>{t(`timeOf_${kind}` as Key)}</span>
            <b>{s < 60 ? number(0) : duration(s)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ROW = 28;

function Strip({ times, plan, top, words }: { times: number[]; plan: number | null; top: number; words: string }) {
  const [box, width] = useWidth();
  const x = (s: number) => 6 + (s / top) * (width - 12);
  return (
    <div ref={box} class="strip">
      {width > 0 && (
        <svg width={width} height={ROW} role="img" aria-label={words}>
          <path class="grid" d={`M0 ${ROW / 2}H${width}`} />
          {times.slice(0, 200).map((s, i) => (
            <circle key={i} class="dot-run" cx={x(s)} cy={ROW / 2} r="4" />
          ))}
          {plan !== null && <path class="target" d={`M${x(plan)} 2V${ROW - 2}`} />}
        </svg>
      )}
    </div>
  );
}

// How long runs really took, against what was announced.
export function CycleTimes({ runs }: { runs: RunRow[] }) {
  const programs = new Map<string, { times: number[]; plan: number | null }>();
  for (const run of runs) {
    if (run.status !== 'finished' || !run.started || !run.ended) continue;
    const seen = programs.get(run.program_name) ?? { times: [], plan: run.time_s };
    seen.times.push((Date.parse(run.ended) - Date.parse(run.started)) / 1000);
    programs.set(run.program_name, seen);
  }
  const rows = [...programs].sort((a, b) => b[1].times.length - a[1].times.length).slice(0, 12);
  const top = Math.max(60, ...rows.flatMap(([, { times, plan }]) => [...times, plan ?? 0])) * 1.05;
  if (rows.length === 0) return null;
  return (
    <section class="card padded cycles" aria-labelledby="cycles">
      <h2 id="cycles">{t('cycle')}</h2>
      <p class="second">{t('cycleHelp')}</p>
      <ul>
        {rows.map(([name, { times, plan }]) => {
          const words = t('cycleRow', { n: times.length, time: duration(median(times)), plan: duration(plan) });
          return (
            <li key={name}>
              <p>
                <b>{name}</b> <span class="second">{words}</span>
              </p>
              <Strip times={times} plan={plan} top={top} words={`${name}. ${words}`} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
