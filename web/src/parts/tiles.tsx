// SPDX-License-Identifier: Apache-2.0
// A machine as a tile and as a glyph.
import { face, waitsForPerson } from '../lib/face';
import { age, degrees, duration, percent } from '../lib/format';
import { partName, shortName } from '../lib/names';
import { lyingRun, pieces } from '../lib/runs';
import { sentence } from '../lib/said';
import type { Machine, RunRow, Status } from '../lib/types';
import { t } from '../lib/words';
import { Bar, isStale, stateLabel } from './basic';
import { Icon } from './icons';

export function Glyph({ status, machine, onClick, size = 22 }: { status: Status; machine: Machine; onClick?: () => void; size?: number }) {
  const shown = face(machine);
  const stale = shown.family !== 'off' && isStale(machine);
  const classes = `glyph ${shown.family}${stale ? ' stale' : ''}`;
  const label = stateLabel(status, machine);
  if (!onClick)
    return (
      <span class={classes} role="img" aria-label={label}>
        <Icon name={shown.icon} size={size * 0.6} />
      </span>
    );
  return (
    <button type="button" class={classes} title={label} aria-label={label} onClick={onClick}>
      <Icon name={shown.icon} size={size * 0.6} />
    </button>
  );
}

// What stands under the word: what lies there, what it makes, or why it is out.
export function detail(status: Status, machine: Machine, runs: RunRow[]): string {
  const lying = lyingRun(machine, runs);
  const shown = face(machine);
  if (shown.word === 'toClear' && lying) return lying.parts.map((part) => `${part.pieces} × ${partName(status, part.part)}`).join(', ');
  if (shown.word === 'toJudge' && lying) return t('stoppedAt', { share: percent(lying.lines ? lying.line / lying.lines : null) });
  if (shown.word === 'paused' || shown.word === 'outOfFilament') return sentence(machine.message) || t('pausedAt', { share: percent(machine.run?.progress) });
  if (shown.word === 'toChange') return t('loadThis', { material: machine.material_wanted });
  if (shown.family === 'lock') return sentence(machine.message);
  if (shown.family === 'off') return machine.heard ? t('lastHeard', { age: age(machine.heard) }) : t('neverHeard');
  if (machine.run) return partName(status, machine.run.part);
  return sentence(machine.message);
}

function corner(machine: Machine): string {
  if (waitsForPerson(machine)) return age(machine.since);
  if (machine.run) return machine.state === 'heating' || machine.run.eta_s === null ? '—' : duration(machine.run.eta_s);
  return machine.model;
}

export function Tile({ status, machine, runs, onOpen }: { status: Status; machine: Machine; runs: RunRow[]; onOpen: () => void }) {
  const shown = face(machine);
  const stale = shown.family !== 'off' && isStale(machine);
  const lying = lyingRun(machine, runs);
  const filled = shown.family === 'you' || shown.family === 'lock';
  const bottom = filled && lying && shown.word === 'toClear' ? t('expected', { n: pieces(lying) }) : detail(status, machine, runs);
  return (
    <button type="button" class={`tile ${shown.family}${stale ? ' stale' : ''}`} onClick={onOpen} data-machine={machine.id}>
      <span class="unseen">{stateLabel(status, machine)}</span>
      <span class="tile-head" aria-hidden="true">
        <b>{shortName(machine)}</b>
        <span>{corner(machine)}</span>
      </span>
      <span class="tile-state" aria-hidden="true">
        <Icon name={shown.icon} />
        {t(shown.word)}
      </span>
      {shown.family === 'run' && <Bar share={machine.state === 'heating' ? 0 : (machine.run?.progress ?? 0)} />}
      <span class="tile-foot" aria-hidden="true">
        <span>{bottom}</span>
        {shown.family === 'run' && machine.kind === 'printer' && <span>{degrees(machine.temps.nozzle)}</span>}
      </span>
    </button>
  );
}
