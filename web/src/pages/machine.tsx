// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { get } from '../lib/api';
import { face } from '../lib/face';
import { age, clock, duration, lasting, now, number, percent, UNKNOWN, when } from '../lib/format';
import { labelPath, originOf, pagesAt } from '../lib/label';
import { changes, live } from '../lib/live';
import { may } from '../lib/may';
import { machineName, modelName, partName, siteName } from '../lib/names';
import { useRead } from '../lib/read';
import { sentence, tongue } from '../lib/said';
import { place } from '../lib/router';
import { looking } from '../lib/stop';
import { useStore } from '../lib/store';
import type { Job, List, Machine, RunRow, Status } from '../lib/types';
import { reasonWords } from '../lib/verdict';
import { type Key, t, tMaybe } from '../lib/words';
import { Badge, Button, Link, StateWord } from '../parts/basic';
import { CorrectSheet } from '../parts/correct';
import { LoadSheet } from '../parts/load';
import { MachineActs } from '../parts/machine-acts';
import { MachineSheet } from '../parts/machine-sheet';
import { PageTitle } from '../parts/shell';
import { MachineWhy } from '../parts/machine-why';
import { Notes } from '../parts/notes';
import { MachineCharts } from '../parts/temps';
import { Wire } from '../parts/wire';
import { Waitless } from './today';

const RADIUS = 68;
const ROUND = 2 * Math.PI * RADIUS;

function Ring({ share, words }: { share: number | null; words: string }) {
  const filled = Math.max(0, Math.min(1, share ?? 0));
  return (
    <div class="ring">
      <svg viewBox="0 0 160 160" width="160" height="160" role="img" aria-label={words}>
        <circle class="ring-track" cx="80" cy="80" r={RADIUS} />
        <circle class="ring-done" cx="80" cy="80" r={RADIUS} stroke-dasharray={`${filled * ROUND} ${ROUND}`} transform="rotate(-90 80 80)" />
      </svg>
      <p aria-hidden="true">{words}</p>
    </div>
  );
}

function endsAt(machine: Machine): string {
  const eta = machine.run?.eta_s;
  return eta === null || eta === undefined || machine.state === 'heating' ? UNKNOWN : clock(now() + eta * 1000);
}

function Running({ status, machine, started }: { status: Status; machine: Machine; started: string | null }) {
  const run = machine.run;
  const jobs = useRead(() => get<List<Job>>('/api/v1/jobs').then((list) => list.items), [], '');
  if (!run)
    return (
      <section class="card padded" aria-labelledby="now">
        <h2 id="now">{t('nothingRuns')}</h2>
        {machine.message && (
          <p class="note" lang={tongue(machine.message)}>
            {sentence(machine.message)}
          </p>
        )}
      </section>
    );
  const job = jobs.find((one) => one.id === run.job);
  const heating = machine.state === 'heating';
  return (
    <section class="card padded running" aria-labelledby="now">
      <h2 id="now">{partName(status, run.part)}</h2>
      <div class="running-now">
        <Ring share={heating ? null : run.progress} words={heating ? UNKNOWN : percent(run.progress)} />
        <div>
          <p class="second">{t('timeLeft')}</p>
          <p class="left">{heating ? UNKNOWN : duration(run.eta_s)}</p>
          <p>{t('endAt', { time: endsAt(machine) })}</p>
          <p class="second">{t('startedAt', { time: when(started) })}</p>
          <p class="second">{t('lineOf', { line: number(run.line), lines: number(run.lines) })}</p>
        </div>
      </div>
      <p class="second ruled">
        {t('program')} <b>{run.program_name ?? UNKNOWN}</b> <code>{run.program?.slice(0, 8)}</code>
        {job && (
          <>
            <br />
            {t('jobN', { id: String(job.id), what: t('jobOwes', { part: partName(status, job.part), n: number(job.owed) }) })}
          </>
        )}
      </p>
    </section>
  );
}

function verdictWords(run: RunRow): string {
  if (!run.judged) return ['ordered', 'started', 'refused'].includes(run.status) ? '' : t('notJudged');
  const good = run.parts.reduce((sum, part) => sum + part.good, 0);
  const scrap = run.parts.reduce((sum, part) => sum + part.scrap, 0);
  if (scrap === 0) return t('verdictText', { good });
  return `${t('verdictBoth', { good, scrap })}${run.reason ? ` · ${reasonWords(run.reason)}` : ''}`;
}

const lasted = (run: RunRow) => (run.started && run.ended ? duration((Date.parse(run.ended) - Date.parse(run.started)) / 1000) : UNKNOWN);

// What the machine did lately, in one line: counted pieces, and how well announced times held.
function summary(runs: RunRow[]): string {
  const judged = runs.filter((run) => run.judged);
  if (judged.length === 0) return '';
  const of = (what: 'good' | 'scrap') => judged.reduce((sum, run) => sum + run.parts.reduce((n, part) => n + part[what], 0), 0);
  return t('runsSummary', { n: judged.length, good: of('good'), scrap: of('scrap') });
}

const FIRST = 8;

function Runs({ runs, corrects, onCorrect }: { runs: RunRow[]; corrects: boolean; onCorrect: (run: RunRow) => void }) {
  const [all, setAll] = useState(false);
  return (
    <section class="card padded runs" aria-labelledby="runs">
      <h2 id="runs">
        {t('lastRuns')} <span class="second">{summary(runs)}</span>
      </h2>
      {runs.length === 0 ? (
        <p class="second">{t('noRuns')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-labelledby="runs">
          <table>
            <thead>
              <tr>
                {(['start', 'program', 'verdict', 'by', 'lasting'] as Key[]).map((head) => (
                  <th key={head} scope="col" class={head === 'lasting' ? 'num' : ''}>
                    {t(head)}
                  </th>
                ))}
                <th scope="col">
                  <span class="unseen">{t('correct')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {runs.slice(0, all ? runs.length : FIRST).map((run) => (
                <tr key={run.id}>
                  <td>{when(run.started ?? run.ordered)}</td>
                  <td>{run.program_name}</td>
                  <td>
                    {run.status !== 'finished' && <b>{tMaybe(`outcome_${run.status}`, run.status)}</b>}
                    {!run.judged && run.reason && <span lang={tongue(run.reason)}> · {sentence(run.reason)}</span>}
                    {run.status !== 'finished' && verdictWords(run) && ' · '}
                    {verdictWords(run)}
                    {run.corrected_at && <span class="second"> · {t('correctedBy', { by: run.corrected_by || '—' })}</span>}
                  </td>
                  <td>{run.judged_by}</td>
                  <td class="num">{run.status === 'started' ? '' : lasted(run)}</td>
                  <td class="num">
                    {corrects && run.judged && run.status !== 'refused' && (
                      <Button kind="quiet" onClick={() => onCorrect(run)} aria-label={`${t('correct')} : ${when(run.started ?? run.ordered)}, ${run.program_name}`}>
                        {t('correct')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {runs.length > FIRST && (
        <Button kind="quiet" onClick={() => setAll(!all)}>
          {all ? t('showLess') : t('showAll', { n: runs.length - FIRST })}
        </Button>
      )}
    </section>
  );
}

function About({ status, machine }: { status: Status; machine: Machine }) {
  const [loading, setLoading] = useState(false);
  const rows: [Key, string][] = [
    ['site_', siteName(status, machine.site)],
    ['model', modelName(status, machine.model)],
    ['material', [machine.material || UNKNOWN, machine.material_lot].filter(Boolean).join(' · ')],
    ['port', machine.port || UNKNOWN],
    ['firmware', machine.firmware || UNKNOWN],
  ];
  return (
    <section class="card padded about" aria-labelledby="about">
      <h2 id="about">{t('aboutMachine')}</h2>
      <dl>
        {rows.map(([word, value]) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {may('operator', machine.site) && (
        <Button icon="spool" onClick={() => setLoading(true)}>
          {t('sayLoaded')}
        </Button>
      )}
      {loading && <LoadSheet machine={machine} onClose={() => setLoading(false)} />}
    </section>
  );
}

function Label({ machine }: { machine: Machine }) {
  const base = originOf(useStore(pagesAt));
  return (
    <section class="card padded label" aria-labelledby="label">
      <img src={labelPath(machine.id, base)} alt="" />
      <div>
        <h2 id="label">{t('label')}</h2>
        <p class="second">{t('labelStick')}</p>
        <Link class="button plain" to={`/machines/${encodeURIComponent(machine.id)}/label`}>
          {t('print')}
        </Link>
      </div>
    </section>
  );
}

function Head({ status, machine, onClear, onWhy }: { status: Status; machine: Machine; onClear: () => void; onWhy: () => void }) {
  const shown = face(machine);
  const heard = machine.heard ? t('heardAgo', { age: age(machine.heard) }) : t('neverHeard');
  const fresh = age(machine.heard) === t('justNow') ? t('lastHeardNow') : heard;
  return (
    <header class="machine-head">
      <nav aria-label={t('breadcrumb')} class="second">
        <Link to="/machines">{t('machines')}</Link> › {siteName(status, machine.site)}
      </nav>
      <div class="machine-name">
        <Badge large status={status} site={machine.site} />
        <div>
          <PageTitle>{machineName(status, machine)}</PageTitle>
          <p class="second">
            {modelName(status, machine.model)} · {machine.material || UNKNOWN} · {fresh}
          </p>
        </div>
        <p class="machine-state">
          <StateWord machine={machine} />
          <span class="second">{lasting(machine.since)}</span>
        </p>
      </div>
      <div class="head-acts">
        {shown.family === 'you' && machine.waiting_for === 'clear' && may('operator', machine.site) && (
          <Button kind="main" icon="hand" onClick={onClear}>
            {t(shown.verb ?? 'clear')}
          </Button>
        )}
        {shown.word === 'toChange' && may('operator', machine.site) && (
          <Button kind="main" icon="spool" onClick={onClear}>
            {t('loadThis', { material: machine.material_wanted })}
          </Button>
        )}
        {!machine.run && (
          <Button icon="question" onClick={onWhy}>
            {t('whyNothing')}
          </Button>
        )}
        <MachineActs machine={machine} />
      </div>
    </header>
  );
}

export function MachinePage({ id }: { id: string }) {
  const { status } = useStore(live);
  const [clearing, setClearing] = useState(false);
  const [why, setWhy] = useState(false);
  const [wrong, setWrong] = useState<RunRow | null>(null);
  const scanned = useStore(place).search.has('qr');
  const change = useStore(changes);
  const runs = useRead(() => get<List<RunRow>>(`/api/v1/runs?machine=${encodeURIComponent(id)}&limit=50`).then((list) => list.items), [], `${id} ${change}`);
  const machine = status?.machines.find((one) => one.id === id);
  useEffect(() => {
    looking.set({ machine: id, site: machine?.site });
    return () => looking.set({});
  }, [id, machine?.site]);
  // Whoever scans the label of a machine that waits wants to empty it.
  useEffect(() => {
    if (scanned && machine?.waiting_for === 'clear' && may('operator', machine.site)) setClearing(true);
  }, [scanned, machine === undefined]);
  if (!status) return <Waitless />;
  if (!machine)
    return (
      <div class="card padded">
        <PageTitle>{t('unknownMachine', { id })}</PageTitle>
        <p>
          <Link to="/machines">{t('machines')}</Link>
        </p>
      </div>
    );
  const started = machine.run?.started ?? runs.find((run) => run.id === machine.run?.id)?.started ?? null;
  return (
    <div class="machine-page">
      <Head status={status} machine={machine} onClear={() => setClearing(true)} onWhy={() => setWhy(true)} />
      <Running status={status} machine={machine} started={started} />
      <section class="card padded" aria-labelledby="temps">
        <h2 id="temps">{t(machine.kind === 'laser' ? 'progress' : 'temperatures')}</h2>
        <MachineCharts machine={machine} started={started} />
      </section>
      <div class="machine-side">
        <Label machine={machine} />
        <Notes machine={machine} />
        <About status={status} machine={machine} />
      </div>
      <Runs runs={runs} corrects={may('operator', machine.site)} onCorrect={setWrong} />
      {may('technician', machine.site) && <Wire machine={machine} />}
      {why && <MachineWhy status={status} machine={machine} onClose={() => setWhy(false)} />}
      {wrong && <CorrectSheet status={status} run={wrong} onClose={() => setWrong(null)} />}
      {clearing && <MachineSheet status={status} machine={machine} onClose={() => setClearing(false)} />}
    </div>
  );
}
