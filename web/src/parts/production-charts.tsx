// SPDX-License-Identifier: Apache-2.0
import { duration, number, percent } from '../lib/format';
import { live } from '../lib/live';
import { TIMES } from '../lib/oee';
import { handReason, stepCalled } from '../lib/steps';
import { useStore } from '../lib/store';
import type { CycleRow, ScrapRow, Status, ThroughputRow } from '../lib/types';
import { reasonWords } from '../lib/verdict';
import { type Key, t } from '../lib/words';
import { Bar } from './basic';
import { useWidth } from './curve';

// A verdict's reason; what was found in work by hand says at which step.
function scrapWords(status: Status | null, row: ScrapRow): string {
  return row.step && status ? t('scrapAtStep', { reason: handReason(row.reason), step: stepCalled(status, row.part, row.step) }) : reasonWords(row.reason);
}

export function ScrapReasons({ rows: found }: { rows: ScrapRow[] }) {
  const { status } = useStore(live);
  const reasons = new Map<string, number>();
  for (const row of found) {
    const words = scrapWords(status, row);
    reasons.set(words, (reasons.get(words) ?? 0) + row.pieces);
  }
  const rows = [...reasons].filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  const all = rows.reduce((sum, [, n]) => sum + n, 0);
  const top = Math.max(1, ...rows.map(([, n]) => n));
  return (
    <section class="card padded" aria-labelledby="scrap">
      <h2 id="scrap">{t('scrapBy')}</h2>
      <p class="second">{rows.length ? t('scrapSum', { n: all }) : t('noScrap')}</p>
      <ul class="bars">
        {rows.slice(0, 12).map(([reason, n]) => (
          <li key={reason}>
            <span>{reason}</span>
            <Bar share={n / top} tone="grey" />
            <b>
              {number(n)} <span class="second">{percent(n / all)}</span>
            </b>
          </li>
        ))}
      </ul>
    </section>
  );
}

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

// How long runs really took, against what was announced: median, and what nine of ten do not exceed.
export function CycleTimes({ rows: found }: { rows: CycleRow[] }) {
  const rows = [...found].sort((a, b) => b.runs - a.runs).slice(0, 20);
  const top = Math.max(60, ...rows.flatMap(({ took_s, plan_s }) => [...took_s, plan_s ?? 0])) * 1.05;
  if (rows.length === 0) return null;
  return (
    <section class="card padded cycles" aria-labelledby="cycles">
      <h2 id="cycles">{t('cycle')}</h2>
      <p class="second">{t('cycleHelp')}</p>
      <ul>
        {rows.map((row) => {
          const words = t('cycleRow', { n: row.runs, time: duration(row.median_s), p90: duration(row.p90_s), plan: duration(row.plan_s) });
          return (
            <li key={`${row.program} ${row.plan_s}`}>
              <p>
                <b>{row.program_name}</b> <span class="second">{words}</span>
              </p>
              <Strip times={row.took_s} plan={row.plan_s} top={top} words={`${row.program_name}. ${words}`} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
