// SPDX-License-Identifier: Apache-2.0
// A file on its way: what it makes, for which models, its bytes as they go, then the report.
import { useState } from 'preact/hooks';
import { say, words } from '../lib/acts';
import { Refusal, upload } from '../lib/api';
import { bytes } from '../lib/format';
import { changes } from '../lib/live';
import { modelName, partName } from '../lib/names';
import type { Config, Program, Report, Status } from '../lib/types';
import { t } from '../lib/words';
import { Bar, Button, Fault, Select, Sheet } from './basic';
import { ReportView } from './report';

// What the file's name says of model and part, so that most people need not choose.
function guess(file: string, ids: string[]): string | undefined {
  const plain = file.toLowerCase().replace(/[^a-z0-9]/g, '');
  const short = (id: string) => id.split('-').map((word) => word.replace(/[^a-z0-9]/g, ''));
  return ids.find((id) => plain.includes(id.replace(/[^a-z0-9]/g, ''))) ?? ids.find((id) => short(id).some((word) => word.length >= 3 && plain.includes(word)));
}

function Progress({ sent, all }: { sent: number; all: number }) {
  return (
    <div class="progress">
      <progress class="unseen" value={sent} max={all} aria-label={t('sending', { sent: bytes(sent), all: bytes(all) })} />
      <Bar share={all ? sent / all : 0} />
      <p class="second">{sent < all ? t('sending', { sent: bytes(sent), all: bytes(all) }) : t('checking')}</p>
    </div>
  );
}

function Models({ status, ids, chosen, onChange }: { status: Status; ids: string[]; chosen: string[]; onChange: (ids: string[]) => void }) {
  return (
    <fieldset>
      <legend>{t('forModels')}</legend>
      <p class="second">{t('forModelsHelp')}</p>
      <div class="checks">
        {ids.map((id) => (
          <label key={id} class="check">
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])} />
            <span>{modelName(status, id)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function UploadForm({ status, settings, file, onClose }: { status: Status; settings: Config | null; file: File; onClose: () => void }) {
  const models = [...new Set([...status.machines.map((machine) => machine.model), ...(settings?.models ?? [])])];
  const parts = status.parts?.map((part) => part.id) ?? settings?.parts ?? [];
  const [chosen, setChosen] = useState<string[]>(() => [guess(file.name, models) ?? ''].filter(Boolean));
  const [part, setPart] = useState(guess(file.name, parts) ?? parts[0] ?? '');
  const [pieces, setPieces] = useState('1');
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState('');
  const [report, setReport] = useState<Report | null>(null);
  const [added, setAdded] = useState(false);

  const send = async (event: Event) => {
    event.preventDefault();
    if (chosen.length === 0 || !/^[1-9]\d{0,3}$/.test(pieces)) {
      setFault(t(chosen.length === 0 ? 'modelsFault' : 'quantityFault'));
      return;
    }
    const fields = new URLSearchParams({ name: file.name.slice(0, 120), yield: `${part}=${pieces}` });
    chosen.forEach((model) => fields.append('model', model));
    setFault('');
    setReport(null);
    setSent(0);
    try {
      const program = await upload<Program>(`/api/v1/programs?${fields.toString()}`, file, setSent);
      setReport(program.report ?? null);
      setAdded(true);
      say(t('programAccepted', { name: program.name }));
      changes.set(changes.get() + 1);
    } catch (caught) {
      setFault(caught instanceof Refusal && caught.more.report ? t('programRefused', { name: file.name }) : words(caught));
      setReport(caught instanceof Refusal ? (caught.more.report ?? null) : null);
    }
    setSent(null);
  };
  return (
    <Sheet title={t('addProgram')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void send(event)} noValidate>
        <p>
          <b>{t('fileChosen', { name: file.name, size: bytes(file.size) })}</b>
        </p>
        {!added && (
          <>
            <div class="pair">
              <label class="field">
                <span>{t('gives')}</span>
                <input type="text" inputMode="numeric" value={pieces} onInput={(event) => setPieces(event.currentTarget.value)} />
              </label>
              <Select label={t('whichPart')} value={part} onChange={setPart} options={parts.map((id) => [id, partName(status, id)])} />
            </div>
            <Models status={status} ids={models} chosen={chosen} onChange={setChosen} />
          </>
        )}
        <Fault text={fault} />
        {sent !== null && <Progress sent={sent} all={file.size} />}
        {!added && (
          <Button kind="main" type="submit" disabled={sent !== null}>
            {t('sendFile')}
          </Button>
        )}
      </form>
      {report && <ReportView status={status} report={report} />}
    </Sheet>
  );
}
