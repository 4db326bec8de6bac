// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { words } from './acts';
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
