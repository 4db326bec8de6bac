// SPDX-License-Identifier: Apache-2.0
// The machine's notebook: who noticed or did what, and when; ticked off, never rewritten.
import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../lib/acts';
import { get, machinePath, post } from '../lib/api';
import { shortDay, when } from '../lib/format';
import { may } from '../lib/may';
import type { List, Machine, Note } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault } from './basic';
import { Icon } from './icons';

const SHOWN = 5;
const LONGEST = 500;

function Line({ note, onDone, busy }: { note: Note; onDone: (() => void) | null; busy: boolean }) {
  return (
    <li class={note.done_at ? 'done' : ''}>
      <p class="second">
        {when(note.at)}
        {note.by && `, ${note.by}`}
      </p>
      <p class="note-text">{note.text}</p>
      {note.done_at ? (
        <p class="second">
          <Icon name="check" /> {t('noteDoneBy', { day: shortDay(note.done_at), by: note.done_by || '—' })}
        </p>
      ) : onDone && (
        <Button kind="quiet" icon="check" disabled={busy} onClick={onDone} aria-label={`${t('noteDone')} : ${note.text}`}>
          {t('noteDone')}
        </Button>
      )}
    </li>
  );
}

function Add({ busy, onAdd }: { busy: boolean; onAdd: (text: string) => Promise<boolean> }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const add = async (event: Event) => {
    event.preventDefault();
    if (!(await onAdd(text.trim()))) return;
    setText('');
    setOpen(false);
  };
  if (!open) return <Button onClick={() => setOpen(true)}>{t('addNote')}</Button>;
  return (
    <form class="note-form" onSubmit={(event) => void add(event)}>
      <label class="field">
        <span>{t('noteLabel')}</span>
        <textarea rows={3} maxLength={LONGEST} value={text} onInput={(event) => setText(event.currentTarget.value.replace(/\s+/g, ' '))} />
      </label>
      <div class="act-row">
        <Button kind="main" type="submit" disabled={busy || text.trim() === ''}>
          {t('keepNote')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('cancelAct')}</Button>
      </div>
    </form>
  );
}

export function Notes({ machine }: { machine: Machine }) {
  const [notes, setNotes] = useState<Note[]>([]);
  const [all, setAll] = useState(false);
  const acting = useAct();
  const writes = may('operator', machine.site);
  const path = machinePath(machine.id, 'notes');
  const read = async () => setNotes((await get<List<Note>>(path)).items);
  useEffect(() => void acting.run(read), [machine.id]);
  const act = (what: () => Promise<unknown>) =>
    acting.run(async () => {
      try {
        await what();
      } finally {
        await read(); // also when another was first: the line says who
      }
    });
  const shown = all ? notes : notes.slice(0, SHOWN);
  return (
    <section class="card padded notes" aria-labelledby="notes">
      <h2 id="notes">{t('notebook')}</h2>
      {notes.length === 0 && <p class="second">{t('noNotes')}</p>}
      <ul>
        {shown.map((note) => (
          <Line key={note.id} note={note} busy={acting.busy} onDone={writes ? () => void act(() => post(machinePath(machine.id, 'notes/done'), { note: note.id }, note.version)) : null} />
        ))}
      </ul>
      {notes.length > SHOWN && (
        <Button kind="quiet" onClick={() => setAll(!all)}>
          {all ? t('showLess') : t('showAll', { n: notes.length - SHOWN })}
        </Button>
      )}
      {writes && <Add busy={acting.busy} onAdd={(text) => act(() => post(path, { text }))} />}
      <Fault text={acting.fault} />
    </section>
  );
}
