// SPDX-License-Identifier: Apache-2.0
// The emergency stop: what it shall stop, and whether the machines said so.
import { machinePath, post } from './api';
import { live } from './live';
import { createStore } from './store';
import type { Machine } from './types';

export type Scope = { kind: 'machine'; id: string } | { kind: 'site'; id: string } | { kind: 'all' };

// The machine or site the person is looking at: what the panel offers first.
export const looking = createStore<{ machine?: string; site?: string }>({});

export const stopPanel = createStore<Scope | 'open' | null>(null);

export const HOLD_MS = 700;

export function inScope(machine: Machine, scope: Scope): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'site' ? machine.site === scope.id : machine.id === scope.id;
}

export async function stop(scope: Scope): Promise<void> {
  if (scope.kind === 'machine') await post(machinePath(scope.id, 'estop'));
  else await post('/api/v1/estop', scope.kind === 'site' ? { site: scope.id } : {});
}

// A machine that is locked has stopped; one that is offline cannot have heard.
export const hasStopped = (machine: Machine) => machine.state === 'locked';

export const machinesIn = (scope: Scope) => (live.get().status?.machines ?? []).filter((machine) => inScope(machine, scope));
