// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../lib/acts';
import { get, remove } from '../lib/api';
import { bytes, duration, grams } from '../lib/format';
import { changes, config, live } from '../lib/live';
import { may, mayAnywhere } from '../lib/may';
import { modelName, partName } from '../lib/names';
import { useRead } from '../lib/read';
import { useStore } from '../lib/store';
import type { List, Program, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Link, Sheet, Sure } from '../parts/basic';
import { Icon } from '../parts/icons';
import { PathView } from '../parts/path';
import { ProgramSays, unnamed } from '../parts/program-says';
import { ReportView } from '../parts/report';
import { PageTitle } from '../parts/shell';
import { UploadForm } from '../parts/upload';
import { Waitless } from './today';

function Picture({ program }: { program: Program }) {
  const [none, setNone] = useState(false);
  if (none)
    return (
      <span class="picture none" role="img" aria-label={t('noPicture')}>
        <Icon name="programs" size={24} />
      </span>
    );
  return <img class="picture" src={`/api/v1/programs/${program.id}/thumbnail`} alt={t('pictureOf', { name: program.name })} loading="lazy" onError={() => setNone(true)} />;
}

const yieldWords = (status: Status, program: Program) =>
  Object.entries(program.yield).map(([part, n]) => `${n} × ${partName(status, part)}`).join(', ');

const partsOf = (status: Status) => status.parts?.map(({ id }) => id) ?? config.get()?.parts ?? [];

function Row({ status, program, onOpen }: { status: Status; program: Program; onOpen: () => void }) {
  const times = program.models.flatMap((model) => model.time_s ?? []);
  const accepted = program.models.some((model) => model.accepted);
  const asks = unnamed(program);
  return (
    <li>
      <Picture program={program} />
      <div class="program-who">
        <h3>{program.name}</h3>
        <p>{asks ? t('programAsks') : yieldWords(status, program)}</p>
        <p class="second">{program.models.map((model) => modelName(status, model.id)).join(', ')}</p>
      </div>
      <p class="program-figures second">
        {times.length > 0 && <span>{duration(Math.max(...times))}</span>}
        {!!program.filament_g && <span>{grams(program.filament_g)}</span>}
        {program.material && <span>{program.material}</span>}
        <span>{bytes(program.bytes)}</span>
      </p>
      {asks ? (
        <p class="program-state state you">
          <span class="chip you">
            <Icon name="question" size={18} />
          </span>{' '}
          {t('toName')}
        </p>
      ) : (
        <p class={`program-state state ${accepted ? 'good' : 'lock'}`}>
          <Icon name={accepted ? 'check' : 'cross'} /> {t(accepted ? 'accepted' : 'refused')}
        </p>
      )}
      <Button kind={asks ? 'main' : 'plain'} onClick={onOpen} aria-label={`${t(asks ? 'toNameVerb' : 'details')} ${program.name}`}>
        {t(asks ? 'toNameVerb' : 'details')}
      </Button>
    </li>
  );
}

function Details({ status, id, onClose }: { status: Status; id: string; onClose: () => void }) {
  const program = useRead(() => get<Program>(`/api/v1/programs/${id}`), null as Program | null, id);
  const acting = useAct();
  const [asked, setSaying] = useState(false);
  const saying = asked || (program !== null && unnamed(program));
  if (!program)
    return (
      <Sheet title={t('details')} onClose={onClose}>
        <div class="grey-shapes" aria-hidden="true">
          <i />
        </div>
      </Sheet>
    );
  const drop = async () => {
    const done = await acting.run(async () => {
      await remove(`/api/v1/programs/${program.id}`, program.version);
      changes.set(changes.get() + 1);
    });
    if (done) onClose();
  };
  const part = Object.keys(program.yield)[0];
  return (
    <Sheet title={program.name} onClose={onClose}>
      <div class="program-top">
        <Picture program={program} />
        <p>
          {unnamed(program) ? t('toName') : yieldWords(status, program)}
          <br />
          <code class="second">{program.id.slice(0, 16)}</code>
        </p>
      </div>
      {saying && may('coordinator') && <ProgramSays status={status} parts={partsOf(status)} program={program} onDone={onClose} />}
      <PathView status={status} program={program} />
      {program.report && <ReportView status={status} report={program.report} />}
      <div class="act-row">
        {!saying && may('coordinator') && <Button onClick={() => setSaying(true)}>{t('changeYield')}</Button>}
        {part && mayAnywhere('coordinator') && (
          <Link class="button plain" to={`/queue?part=${encodeURIComponent(part)}`}>
            {t('makeJob')}
          </Link>
        )}
        <a class="button plain" href={`/api/v1/programs/${program.id}/gcode`} download>
          {t('download')}
        </a>
        {may('coordinator') && <Sure label={t('removeProgram')} sure={t('removeSure')} keep={t('keepProgram')} disabled={acting.busy} onSure={() => void drop()} />}
      </div>
      <Fault text={acting.fault} />
    </Sheet>
  );
}

// A file dropped anywhere on the page.
function useDrop(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stay = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const drop = (event: DragEvent) => {
      stay(event);
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    window.addEventListener('dragover', stay);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', stay);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

export function ProgramsPage() {
  const { status } = useStore(live);
  const settings = useStore(config);
  const programs = useRead(() => get<List<Program>>('/api/v1/programs').then((list) => list.items), null as Program[] | null, String(useStore(changes)));
  const [file, setFile] = useState<File | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const over = useDrop((dropped) => may('coordinator') && setFile(dropped)) && may('coordinator');
  if (!status || !programs) return <Waitless />;
  const asking = programs.filter(unnamed).length;
  const models = new Set(programs.flatMap((program) => program.models.map((model) => model.id)));
  return (
    <div class={over ? 'programs-page dropping' : 'programs-page'}>
      <section class="card" aria-labelledby="programs">
        <header class="card-head">
          <PageTitle sub={[asking > 0 && t('programsToName', { n: asking }), t('programsSentence', { n: programs.length, m: models.size })].filter(Boolean).join(' · ')}>
            <span id="programs">{t('programs')}</span>
          </PageTitle>
        </header>
        {may('coordinator') && (
          <label class="dropzone">
            <Icon name="programs" size={24} />
            <span>{t('dropHere')}</span>
            <span class="button main">{t('chooseFile')}</span>
            <input
              class="unseen"
              type="file"
              accept=".gcode,.gco,.g,.nc,.ngc,.gc,text/plain"
              aria-label={t('chooseFile')}
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                event.currentTarget.value = '';
              }}
            />
          </label>
        )}
        {programs.length === 0 && <p class="empty">{t('noPrograms')}</p>}
        <ul class="programs">
          {[...programs].reverse().sort((a, b) => Number(unnamed(b)) - Number(unnamed(a))).map((program) => (
            <Row key={program.id} status={status} program={program} onOpen={() => setOpen(program.id)} />
          ))}
        </ul>
      </section>
      {file && <UploadForm key={`${file.name} ${file.size} ${file.lastModified}`} status={status} settings={settings} file={file} onClose={() => setFile(null)} />}
      {open && <Details status={status} id={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
