// SPDX-License-Identifier: Apache-2.0
// A count that was wrong, put right: the old one stays in the ledger, with the fact that corrects it.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { post } from '../lib/api';
import { when } from '../lib/format';
import { changes } from '../lib/live';
import { machineName, partName } from '../lib/names';
import type { RunRow, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Sheet } from './basic';
import { Reasons, Stepper } from './verdict';

const MOST = 9999;

interface Counted {
  part: string;
  pieces: number;
  good: number;
  scrap: number;
}

const same = (a: Counted, b: Counted) => a.good === b.good && a.scrap === b.scrap;

export function CorrectSheet({ status, run, onClose }: { status: Status; run: RunRow; onClose: () => void }) {
  const [counts, setCounts] = useState<Counted[]>(run.parts);
  const [reason, setReason] = useState(run.reason);
  const [missing, setMissing] = useState(false);
  const acting = useAct();
  const step = (index: number, what: 'good' | 'scrap', by: number) =>
    setCounts(counts.map((count, i) => (i === index ? { ...count, [what]: Math.max(0, Math.min(MOST, count[what] + by)) } : count)));
  const needsReason = counts.some(({ good, scrap, pieces }) => scrap > 0 || good + scrap > pieces);
  const changed = counts.filter((count, i) => !same(count, run.parts[i] as Counted) || (count.scrap > 0 && reason !== run.reason));

  const give = async (list: Counted[], why: string) => {
    for (const { part, pieces, good, scrap } of list) await post(`/api/v1/runs/${run.id}/correct`, { part, good, scrap, reason: why, more: good + scrap > pieces });
    changes.set(changes.get() + 1);
  };
  const undo = async () => {
    await give(run.parts.filter(({ part }) => changed.some((count) => count.part === part)), run.reason);
    say(t('done'));
  };
  const correct = async () => {
    setMissing(needsReason && reason.trim() === '');
    if (needsReason && reason.trim() === '') return;
    const done = await acting.run(async () => {
      await give(changed, needsReason ? reason.trim() : '');
      say(t('corrected', { machine: machineName(status, { id: run.machine, site: run.site }) }), { ms: 10000, act: { label: t('cancelAct'), run: undo } });
    });
    if (done) onClose();
  };
  return (
    <Sheet title={t('correctTitle', { machine: machineName(status, { id: run.machine, site: run.site }) })} onClose={onClose}>
      <p class="second">
        {run.program_name} · {t('countedBy', { by: run.judged_by || '—', time: when(run.judged_at) })}
      </p>
      <div class="verdict">
        {counts.map((count, index) => (
          <div key={count.part} class="verdict-part">
            <h3>{t('partOf', { part: partName(status, count.part), n: count.pieces })}</h3>
            <Stepper label={t('good')} help="" value={count.good} min={0} max={MOST} onStep={(by) => step(index, 'good', by)} />
            <Stepper label={t('scrap')} help="" value={count.scrap} min={0} max={MOST} onStep={(by) => step(index, 'scrap', by)} />
          </div>
        ))}
        {needsReason && <Reasons reason={reason} onChoose={(next) => (setReason(next), setMissing(false))} />}
        <Fault text={missing ? t('whyChoose') : acting.fault} />
        <Button kind="main" icon="check" disabled={acting.busy || changed.length === 0} onClick={() => void correct()}>
          {t('correctThis')}
        </Button>
        <p class="second centre">{t('correctHelp')}</p>
      </div>
    </Sheet>
  );
}
