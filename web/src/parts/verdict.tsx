// SPDX-License-Identifier: Apache-2.0
// Two taps: the sheet opens with what the program should give, the button records it.
import { useEffect, useState } from 'preact/hooks';
import { useAct, words } from '../lib/acts';
import { when } from '../lib/format';
import { live, refresh } from '../lib/live';
import { partName, siteName } from '../lib/names';
import { awaitsVerdict, newestRun } from '../lib/runs';
import type { Machine, RunRow, Status } from '../lib/types';
import { buttonWords, type Count, firstCounts, giveVerdict, type Manner, moved, REASONS, reasonWords, total } from '../lib/verdict';
import { t } from '../lib/words';
import { Button, Fault } from './basic';

export function Stepper({ label, help, value, min, max, onStep }: {
  label: string;
  help: string;
  value: number;
  min: number;
  max: number;
  onStep: (by: number) => void;
}) {
  return (
    <div class="stepper" role="group" aria-label={label}>
      <span>
        <b>{label}</b>
        {help && <span class="second">{help}</span>}
      </span>
      <button type="button" aria-label={t('less', { what: label })} disabled={value <= min} onClick={() => onStep(-1)}>
        −
      </button>
      <output>{value}</output>
      <button type="button" aria-label={t('oneMore', { what: label })} disabled={value >= max} onClick={() => onStep(1)}>
        +
      </button>
    </div>
  );
}

export function Reasons({ reason, reasons = REASONS, onChoose }: { reason: string; reasons?: typeof REASONS; onChoose: (reason: string) => void }) {
  const [other, setOther] = useState(false);
  return (
    <fieldset class="reasons">
      <legend>{t('why')}</legend>
      {reasons.map(([code, word]) => (
        <button key={code} type="button" class="reason" aria-pressed={!other && reason === code} onClick={() => (setOther(false), onChoose(code))}>
          {t(word)}
        </button>
      ))}
      <button type="button" class="reason" aria-pressed={other} onClick={() => (setOther(true), onChoose(''))}>
        {t('reason_other')}
      </button>
      {other && (
        <label class="field wide">
          <span>{t('reasonOther')}</span>
          <input type="text" maxLength={80} value={reason} onInput={(event) => onChoose(event.currentTarget.value)} />
        </label>
      )}
    </fieldset>
  );
}

function Counting({ status, machine, run, onDone, onRefused }: { status: Status; machine: Machine; run: RunRow; onDone: () => void; onRefused: () => void }) {
  const [counts, setCounts] = useState<Count[]>(() => firstCounts(run));
  const [reason, setReason] = useState('');
  const [beyond, setBeyond] = useState(false);
  const [missing, setMissing] = useState(false);
  const acting = useAct();

  const change = (index: number, what: 'good' | 'scrap', by: number) =>
    setCounts(counts.map((count, i) => (i === index ? moved(count, what, by, beyond) : count)));
  const more = counts.some((count) => count.good + count.scrap > count.pieces);
  const needsReason = total(counts, 'scrap') > 0 || more;

  const give = async (manner: Manner) => {
    setMissing(needsReason && reason.trim() === '');
    if (needsReason && reason.trim() === '') return;
    if (await acting.run(() => giveVerdict(machine, counts, needsReason ? reason.trim() : '', manner))) onDone();
    else onRefused();
  };
  return (
    <div class="verdict">
      {counts.map((count, index) => (
        <div key={count.part} class="verdict-part">
          {counts.length > 1 && <h3>{t('partOf', { part: partName(status, count.part), n: count.pieces })}</h3>}
          <Stepper label={t('good')} help={t('goodHelp', { site: siteName(status, machine.site) })} value={count.good} min={0} max={beyond ? 9999 : count.pieces} onStep={(by) => change(index, 'good', by)} />
          <Stepper label={t('scrap')} help={t('scrapHelp')} value={count.scrap} min={0} max={beyond ? 9999 : count.pieces} onStep={(by) => change(index, 'scrap', by)} />
        </div>
      ))}
      {needsReason && <Reasons reason={reason} onChoose={(next) => (setReason(next), setMissing(false))} />}
      <Fault text={missing ? t('whyChoose') : acting.fault} />
      <Button kind="main" icon="hand" disabled={acting.busy} onClick={() => void give('restart')}>
        {buttonWords(counts)}
      </Button>
      <p class="second centre">
        {t('thenStarts')} {t('handsClear')}
      </p>
      <div class="quiet-row">
        <Button kind="quiet" disabled={acting.busy} onClick={() => void give('stay')}>
          {t('clearNoStart')}
        </Button>
        <Button kind="quiet" disabled={acting.busy} onClick={() => void give('count')}>
          {t('countOnly')}
        </Button>
        {!beyond && (
          <Button kind="quiet" onClick={() => setBeyond(true)}>
            {t('otherNumber')}
          </Button>
        )}
      </div>
    </div>
  );
}

// Nothing to count: somebody only says that the bed is empty.
function Emptying({ machine, onDone, onRefused }: { machine: Machine; onDone: () => void; onRefused: () => void }) {
  const acting = useAct();
  const give = async () => {
    if (await acting.run(() => giveVerdict(machine, [], '', 'restart'))) onDone();
    else onRefused();
  };
  return (
    <div class="verdict">
      <p>{t('bedUncertain')}</p>
      <Fault text={acting.fault} />
      <Button kind="main" icon="hand" disabled={acting.busy} onClick={() => void give()}>
        {t('bedEmpty')}
      </Button>
      <p class="second centre">
        {t('thenStarts')} {t('handsClear')}
      </p>
    </div>
  );
}

export function Verdict({ status, machine, onDone }: { status: Status; machine: Machine; onDone: () => void }) {
  const [run, setRun] = useState<RunRow | null | undefined>(undefined);
  const [seen, setSeen] = useState(machine.version); // what the count is for: nothing that came after it
  const [fault, setFault] = useState('');
  const look = async () => {
    try {
      const found = await newestRun(machine.id);
      setRun(awaitsVerdict(found) ? found : null);
      setSeen(live.get().status?.machines.find(({ id }) => id === machine.id)?.version);
    } catch (caught) {
      setFault(words(caught));
    }
  };
  useEffect(() => void look(), [machine.id]);

  if (machine.waiting_for !== 'clear') return <p role="status">{t('alreadyCleared')}</p>;
  if (fault) return <Fault text={fault} />;
  if (run === undefined) return <div class="grey-shapes" aria-hidden="true"><i /></div>;
  const again = () => void refresh().then(look);
  const looked = { ...machine, version: seen };
  if (run === null) return <Emptying machine={looked} onDone={onDone} onRefused={again} />;
  const ended = { n: run.parts.reduce((sum, part) => sum + part.pieces, 0), part: partName(status, run.part), time: when(run.ended) };
  return (
    <>
      <p class="second lying">
        {run.status === 'finished' ? t('verdictOf', ended) : `${t('verdictFailed', { part: ended.part, outcome: t(run.status === 'failed' ? 'outcome_failed' : 'outcome_cancelled') })}${run.reason ? ` · ${reasonWords(run.reason)}` : ''}`}
      </p>
      <Counting key={run.id} status={status} machine={looked} run={run} onDone={onDone} onRefused={again} />
    </>
  );
}
