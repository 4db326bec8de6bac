// SPDX-License-Identifier: Apache-2.0
// What a program draws, layer by layer, as the daemon reads it for the machine.
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../lib/acts';
import { get, query } from '../lib/api';
import { number } from '../lib/format';
import { modelName } from '../lib/names';
import { boxOf, type Colours, frameOf, paint } from '../lib/path';
import { useStore } from '../lib/store';
import { theme } from '../lib/theme';
import type { Program, ProgramPath, Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Select } from './basic';
import { useWidth } from './curve';

const SETTLE_MS = 120; // a slider that moves asks for nothing until it rests
const KEPT = 200;

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return { work: of('run'), travel: of('ink3'), edge: of('edge') };
}

// The layer that was asked for last; older answers that come late are kept for later and not shown.
function useLayer(program: string, model: string, layer: number): [ProgramPath | null, string] {
  const [path, setPath] = useState<ProgramPath | null>(null);
  const [fault, setFault] = useState('');
  const seen = useRef(new Map<string, ProgramPath>());
  useEffect(() => {
    const key = `${program} ${model} ${layer}`;
    const known = seen.current.get(key);
    let here = true;
    if (known) {
      setPath(known);
      return undefined;
    }
    const read = async () => {
      try {
        const got = await get<ProgramPath>(`/api/v1/programs/${program}/path${query({ model, layer })}`);
        if (seen.current.size >= KEPT) seen.current.clear();
        seen.current.set(key, got);
        if (here) setPath(got);
        if (here) setFault('');
      } catch (caught) {
        if (here) setFault(words(caught));
      }
    };
    const timer = window.setTimeout(() => void read(), path ? SETTLE_MS : 0);
    return () => {
      here = false;
      window.clearTimeout(timer);
    };
  }, [program, model, layer]);
  return [path, fault];
}

function Canvas({ path, width, travel }: { path: ProgramPath; width: number; travel: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<{ program: string; box: ReturnType<typeof boxOf> } | null>(null);
  const dressed = useStore(theme);
  const height = Math.round(Math.min(width * 0.75, 420));
  const program = `${path.kind} ${path.layers}`;
  // Layers of one program stand on the same ground, so that one sees them change.
  if (box.current?.program !== program) box.current = { program, box: boxOf(path) };
  const frame = frameOf(box.current.box, width, height);
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!canvas.current || !pen) return;
    const dots = window.devicePixelRatio || 1;
    canvas.current.width = width * dots;
    canvas.current.height = height * dots;
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    paint(pen, path, frame, colours(), travel);
  }, [path, width, travel, dressed]);
  const words = path.kind === 'printer' ? t('layerOf', { n: path.layer, all: path.layers, z: number(path.z_mm, 2) }) : t('laserPath');
  return <canvas ref={canvas} class="path" style={{ width: `${width}px`, height: `${height}px` }} role="img" aria-label={words} />;
}

function Layers({ path, layer, onLayer }: { path: ProgramPath; layer: number; onLayer: (layer: number) => void }) {
  const to = (n: number) => onLayer(Math.max(1, Math.min(path.layers, n)));
  return (
    <div class="layers">
      <Button aria-label={t('layerBelow')} disabled={layer <= 1} onClick={() => to(layer - 1)}>
        −
      </Button>
      <label>
        <span class="unseen">{t('layer')}</span>
        <input type="range" min={1} max={path.layers} value={layer} onInput={(event) => to(Number(event.currentTarget.value))} />
      </label>
      <Button aria-label={t('layerAbove')} disabled={layer >= path.layers} onClick={() => to(layer + 1)}>
        +
      </Button>
    </div>
  );
}

export function PathView({ status, program }: { status: Status; program: Program }) {
  const models = program.models.map(({ id }) => id);
  const [model, setModel] = useState(models[0] ?? '');
  const [layer, setLayer] = useState(1);
  const [travel, setTravel] = useState(true);
  const [path, fault] = useLayer(program.id, model, layer);
  const [box, width] = useWidth();
  return (
    <section class="path-view" aria-labelledby="path">
      <h3 id="path">{t('pathTitle')}</h3>
      <div ref={box}>{width > 0 && (path ? <Canvas path={path} width={width} travel={travel} /> : <div class="grey-shapes" aria-hidden="true"><i /></div>)}</div>
      {path && path.kind === 'printer' && path.layers > 0 && (
        <>
          <p>
            {t('layerOf', { n: layer, all: path.layers, z: path.layer === layer ? number(path.z_mm, 2) : '…' })}
          </p>
          <Layers path={path} layer={layer} onLayer={setLayer} />
        </>
      )}
      <p class="path-key second">
        <span class="key work">{t(path?.kind === 'laser' ? 'keyBeam' : 'keyWork')}</span> <span class="key travel">{t('keyTravel')}</span>
        {path && path.off_mm > 0.05 && <span>{t('pathCoarse', { mm: number(path.off_mm, 1) })}</span>}
      </p>
      <div class="act-row">
        <Button kind="chip" aria-pressed={travel} onClick={() => setTravel(!travel)}>
          {t('showTravel')}
        </Button>
        {models.length > 1 && <Select label={t('model')} value={model} onChange={setModel} options={models.map((id) => [id, modelName(status, id)])} />}
      </div>
      <Fault text={fault} />
    </section>
  );
}
