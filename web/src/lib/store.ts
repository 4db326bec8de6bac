// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';

// A value that components follow.
export interface Store<T> {
  get(): T;
  set(value: T): void;
  follow(told: () => void): () => void;
}

export function createStore<T>(first: T): Store<T> {
  const box = { value: first };
  const followers = new Set<() => void>();
  return {
    get: () => box.value,
    set(value) {
      if (Object.is(value, box.value)) return;
      box.value = value;
      [...followers].forEach((told) => told());
    },
    follow(told) {
      followers.add(told);
      return () => followers.delete(told);
    },
  };
}

export function useStore<T>(store: Store<T>): T {
  const [, again] = useState(0);
  const shown = store.get();
  useEffect(() => {
    const told = () => again((n) => n + 1);
    const end = store.follow(told);
    if (!Object.is(store.get(), shown)) told(); // it changed after the rendering, when nobody followed yet
    return end;
  }, [store]);
  return shown;
}

// What this browser remembers; a browser that forbids it forgets.
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`usine.${key}`, JSON.stringify(value));
  } catch {
    /* private windows have no room: nothing is lost but the memory */
  }
}

export function recall<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`usine.${key}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

// A store that outlives the page.
export function createKept<T>(key: string, first: T): Store<T> {
  const store = createStore(recall(key, first));
  store.follow(() => remember(key, store.get()));
  return store;
}
