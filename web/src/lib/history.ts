// SPDX-License-Identifier: Apache-2.0
// The last hour of a machine: what the daemon kept, continued by what comes while the page is open.
import { useEffect, useState } from 'preact/hooks';
import { get, machinePath } from './api';
import { now } from './format';
import { continued, type Sample, samplesOf } from './samples';
import type { History, Machine } from './types';

export function useHistory(machine: Machine): Sample[] {
  const [samples, setSamples] = useState<Sample[]>([]);
  const { nozzle, bed, nozzle_target, bed_target } = machine.temps;
  const progress = machine.run?.progress ?? null;
  useEffect(() => {
    let here = true;
    setSamples([]);
    get<History>(machinePath(machine.id, 'history')).then(
      (read) => {
        const past = samplesOf(read);
        const last = past[past.length - 1]?.at ?? 0;
        if (here) setSamples((since) => [...past, ...since.filter((sample) => sample.at > last)]);
      },
      () => undefined, // the chart then begins now
    );
    return () => {
      here = false;
    };
  }, [machine.id]);
  useEffect(() => {
    setSamples((old) => continued(old, { at: now(), ...machine.temps, progress }));
  }, [nozzle, bed, nozzle_target, bed_target, progress, machine.heard]);
  return samples;
}
