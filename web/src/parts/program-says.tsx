// SPDX-License-Identifier: Apache-2.0
// What a run of a program makes: asked for when the file's name did not say it, and put right when it is wrong.
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { patch, post } from '../lib/api';
import { useForm } from '../lib/form';
import { number } from '../lib/format';
import { changes } from '../lib/live';
import { mayAnywhere } from '../lib/may';
import { partName } from '../lib/names';
import type { Job, Program, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Select } from './basic';
import { Field } from './field';
import { Stale } from './stale';

export const unnamed = (program: Program) => Object.keys(program.yield).length === 0;

interface Row {
  part: string;
  pieces: string;
}

const rowsOf = (program: Program, first: string): Row[] => {
  const rows = Object.entries(program.yield).map(([part, pieces]) => ({ part, pieces: String(pieces) }));
  return rows.length > 0 ? rows : [{ part: first, pieces: '1' }];
};

const isCount = (text: string) => /^[1-9]\d{0,3}$/.test(text.trim());

const yieldLines = (status: Status, program: Program) => Object.entries(program.yield).map(([part, pieces]) => `${number(pieces)} × ${partName(status, part)}`);

export function ProgramSays({ status, parts, program: shown, onDone }: { status: Status; parts: string[]; program: Program; onDone: () => void }) {
  const [program, setProgram] = useState(shown);
  const [rows, setRows] = useState<Row[]>(() => rowsOf(shown, parts[0] ?? ''));
  const [runs, setRuns] = useState(unnamed(shown) ? '1' : '0');
  const form = useForm(['yield', 'runs']);
  const now = form.stale as Program | null;
  const change = (at: number, row: Partial<Row>) => setRows(rows.map((one, i) => (i === at ? { ...one, ...row } : one)));
  const free = parts.filter((id) => !rows.some(({ part }) => part === id));
  const enqueue = async () => {
    const [first] = rows;
    const count = Number(runs) * Number(first?.pieces);
    if (!first || count === 0) return say(t('programSaid', { name: program.name }));
    const job = await post<Job>('/api/v1/jobs', { part: first.part, quantity: count, note: program.name });
    say(t('jobAdded', { id: String(job.id), n: number(job.quantity), part: partName(status, job.part) }));
  };
  const save = async (event?: Event) => {
    event?.preventDefault();
    if (!form.check(rows.every(({ pieces }) => isCount(pieces)) ? null : { field: 'yield', text: t('quantityFault') })) return;
    if (!form.check(/^\d{1,3}$/.test(runs.trim()) ? null : { field: 'runs', text: t('runsFault') })) return;
    const done = await form.send(async () => {
      const told = { yield: rows.map(({ part, pieces }) => `${part}=${Number(pieces)}`) };
      setProgram(await patch<Program>(`/api/v1/programs/${program.id}`, told, (now ?? program).version));
      await enqueue();
      changes.set(changes.get() + 1);
    });
    if (done) onDone();
  };
  const take = (current: Program) => {
    setProgram(current);
    setRows(rowsOf(current, parts[0] ?? ''));
    form.check(null);
  };
  return (
    <form class="form" onSubmit={(event) => void save(event)} noValidate>
      <p>{t(unnamed(program) ? 'programAsks' : 'programGives')}</p>
      {rows.map((row, at) => (
        <div key={at} class="pair">
          <Field form={form} name="yield" label={t('gives')} value={row.pieces} onValue={(pieces) => change(at, { pieces })} inputMode="numeric" autocomplete="off" maxLength={4} />
          <Select label={t('whichPart')} value={row.part} onChange={(part) => change(at, { part })} options={parts.filter((id) => id === row.part || free.includes(id)).map((id) => [id, partName(status, id)])} />
        </div>
      ))}
      <div class="act-row">
        {free.length > 0 && rows.length < 8 && (
          <Button kind="quiet" onClick={() => setRows([...rows, { part: free[0] ?? '', pieces: '1' }])}>
            {t('anotherPart')}
          </Button>
        )}
        {rows.length > 1 && (
          <Button kind="quiet" onClick={() => setRows(rows.slice(0, -1))}>
            {t('oneLess')}
          </Button>
        )}
      </div>
      {mayAnywhere('coordinator') && <Field form={form} name="runs" label={t('runsWanted')} help={t('runsWantedHelp')} value={runs} onValue={setRuns} inputMode="numeric" autocomplete="off" maxLength={3} />}
      {now && <Stale now={yieldLines(status, now)} busy={form.busy} onKeep={() => void save()} onTake={() => take(now)} />}
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <Button kind="main" type="submit" disabled={form.busy || now !== null}>
        {t(Number(runs) > 0 ? 'sayAndQueue' : 'save')}
      </Button>
    </form>
  );
}
