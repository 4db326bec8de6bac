// SPDX-License-Identifier: Apache-2.0
// What the API says (docs/api.md). Fields marked ? may be missing in answers of an older daemon.

export interface Run {
  id: number;
  job: number | null;
  program: string | null;
  program_name: string | null;
  part: string | null;
  pieces?: number | null;
  started?: string | null;
  line: number;
  lines: number;
  progress: number | null;
  eta_s: number | null;
}

export interface LastRun {
  id: number;
  outcome: string;
  part?: string | null;
  pieces?: number | null;
  ended?: string | null;
  program_name?: string | null;
}

export interface Temps {
  nozzle: number | null;
  nozzle_target: number | null;
  bed: number | null;
  bed_target: number | null;
}

export interface Machine {
  id: string;
  site: string;
  model: string;
  kind: 'printer' | 'laser' | '';
  state: string;
  bed: 'clear' | 'occupied' | 'uncertain';
  flags: string[];
  run: Run | null;
  last_run: LastRun | null;
  temps: Temps;
  waiting_for: 'clear' | 'load' | 'unlock' | 'material' | 'resume' | null;
  since: string | null;
  heard: string | null;
  port: string;
  material: string;
  material_wanted: string; // '': it can go on as it is
  material_lot: string;
  message: string;
  firmware: string;
  sent_lines: number;
  resends: number;
  version?: string; // of what people decide: bed, flags, which run
}

// What changes all the time; line, progress and eta_s are the run's.
export interface Progress extends Pick<Machine, 'id' | 'temps' | 'heard' | 'sent_lines' | 'resends'> {
  line?: number;
  progress?: number | null;
  eta_s?: number | null;
}

export interface Today {
  product: string | null;
  done: number;
  target: number;
  good: Record<string, number>;
  scrap: Record<string, number>;
}

export interface Site {
  id: string;
  name: string;
  town: string;
  hours: string;
  assembly: boolean;
  vanished?: number; // machines lost together, not yet back
  to_receive?: number; // declarations of makers that nobody has counted in yet
}

export interface Named {
  id: string;
  name?: string;
}

// Who holds a lot back, and why; quantity: what lies in stock of it.
export interface Block {
  lot: string;
  at: string;
  by: string;
  reason: string;
  quantity: number;
}

export interface NamedStep {
  item: string; // part or product
  id: string;
  name: { fr: string; en: string };
}

export interface Status {
  machines: Machine[];
  today: Today;
  sites: Site[];
  at: string;
  timezone?: string;
  parts?: (Named & { unit?: 'gram' | 'piece' })[];
  products?: (Named & { parts?: Record<string, number> })[]; // parts: of one kit
  models?: Named[];
  training?: number | null; // how much faster than life the calendar goes, with emulated machines
  low?: { part: string; site?: string; days: number | null }[]; // what is bought and runs out; site: only there
  by_hand?: number; // pieces that wait for a step of work by hand
  blocked?: Block[]; // lots of which nothing may be used
  steps?: NamedStep[]; // of work by hand, the config's
}

export interface Config {
  version: string;
  timezone: string;
  language: string;
  models: string[];
  parts: string[];
  file?: string;
  last_reload?: { at: string | null; accepted: boolean; message: string; faults: ConfigFault[] };
}

export interface Job {
  id: number;
  part: string;
  quantity: number;
  priority: number;
  due: string | null;
  sites: string[];
  state: 'open' | 'held' | 'cancelled' | 'done';
  good: number;
  scrap: number;
  in_flight: number;
  owed: number;
  by: string;
  note: string;
  added: string | null;
  version?: string;
}

export interface History {
  machine: string;
  at: number[]; // seconds since 1970
  nozzle: (number | null)[];
  nozzle_target: (number | null)[];
  bed: (number | null)[];
  bed_target: (number | null)[];
  progress: (number | null)[];
}

export interface Note {
  id: number;
  machine: string;
  at: string;
  by: string;
  text: string;
  done_at: string | null;
  done_by: string;
  version: string;
}

export interface ProgramPath {
  kind: 'printer' | 'laser';
  layer: number;
  layers: number;
  z_mm: number | null;
  area_mm: [number, number, number, number];
  off_mm: number;
  strokes: number[][]; // works (1) or travels (0), power in %, then x, y and ways from point to point, 0.01 mm
}

export interface ConfigFault {
  line: number;
  column: number;
  message: string;
}

export interface ConfigCheck {
  accepted: boolean;
  machines: number;
  sites: number;
  faults: ConfigFault[];
}

export interface Port {
  device: string;
  by_id: string;
  by_path: string;
  usb: string;
  about: string;
  machine: string | null;
  config: string;
}

export interface ScrapRow {
  reason: string;
  part: string;
  step: string; // of work by hand, at which it was found; '': at the verdict
  pieces: number;
}

export interface CycleRow {
  program: string;
  program_name: string;
  part: string;
  plan_s: number | null;
  runs: number;
  median_s: number;
  p90_s: number;
  total_s: number;
  took_s: number[];
}

export interface Why {
  job: number;
  machine: string;
  program: string;
  reason: string;
  message: string;
}

export interface RunPart {
  part: string;
  job: number | null;
  pieces: number;
  good: number;
  scrap: number;
}

export interface RunRow {
  id: number;
  job: number;
  part: string;
  machine: string;
  site: string;
  program: string;
  program_name: string;
  status: string;
  judged: boolean;
  judged_at?: string | null;
  ordered: string | null;
  started: string | null;
  ended: string | null;
  line: number;
  lines: number;
  time_s: number | null;
  reason: string;
  judged_by: string;
  corrected_at?: string | null;
  corrected_by?: string;
  parts: RunPart[];
}

export interface Finding {
  kind: 'refused' | 'dropped' | 'action';
  line: number;
  count: number;
  text: string;
  why: string;
}

export interface ModelReport {
  accepted: boolean;
  lines: number;
  prepared_lines: number;
  time_s: number | null;
  slicer_time_s: number | null;
  layers: number | null;
  filament_g: number | null;
  cut_mm: number | null;
  nozzle_max_c: number | null;
  bed_max_c: number | null;
  slicer: string;
  material: string;
  thumbnail_type?: string;
  refused: number;
  dropped: number;
  actions: number;
  findings: Finding[];
}

export interface Report {
  name?: string;
  models?: Record<string, ModelReport>;
}

export interface Program {
  id: string;
  name: string;
  models: { id: string; accepted: boolean; lines: number; time_s: number | null }[];
  yield: Record<string, number>;
  material: string;
  bytes: number;
  filament_g: number | null;
  nozzle_max_c: number | null;
  by: string;
  added: string | null;
  report?: Report;
  version?: string;
}

export interface ThroughputRow {
  day: string;
  site: string;
  machine: string;
  part: string;
  good: number;
  scrap: number;
  runs: number;
  seconds: Record<'running' | 'heating' | 'waiting' | 'idle' | 'down' | 'offline', number>;
}

export interface List<T> {
  items: T[];
  next: number | string | null;
}
