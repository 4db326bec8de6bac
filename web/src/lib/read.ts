// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { words } from './acts';
import { changes } from './live';
import { me } from './session';
import { useStore } from './store';

export interface Read<T> {
  value: T | null; // null: not there yet
  fault: string;
  again: () => void;
}

// What the daemon says at an address, with its words when it refuses; read anew when somebody else comes.
export function useAnswer<T>(ask: () => Promise<T>, depends = ''): Read<T> {
  const login = useStore(me)?.login;
  const [value, setValue] = useState<T | null>(null);
  const [fault, setFault] = useState('');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    ask().then(
      (got) => here && (setValue(got), setFault('')),
      (caught) => here && setFault(words(caught)),
    );
    return () => {
      here = false;
    };
  }, [turn, depends, login]);
  return { value, fault, again: () => setTurn((n) => n + 1) };
}

// Something read again whenever counts may have changed, at most every 5 s.
export function useRead<T>(read: () => Promise<T>, first: T, again: string): T {
  const change = useStore(changes);
  const [value, setValue] = useState(first);
  const [known] = useState(change);
  const [slot, setSlot] = useState(() => Math.floor(Date.now() / 5000));
  useEffect(() => {
    if (change === known) return undefined;
    const timer = window.setTimeout(() => setSlot(Math.floor(Date.now() / 5000)), 5000 - (Date.now() % 5000));
    return () => window.clearTimeout(timer);
  }, [change]);
  useEffect(() => {
    let here = true;
    read().then(
      (got) => here && setValue(got),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [slot, again]);
  return value;
}
