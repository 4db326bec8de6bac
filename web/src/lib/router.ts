// SPDX-License-Identifier: Apache-2.0
import { createStore } from './store';

export interface Place {
  path: string;
  search: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, search: new URLSearchParams(location.search) });

export const place = createStore<Place>(here());

window.addEventListener('popstate', () => place.set(here()));

export function go(to: string): void {
  if (to === location.pathname + location.search) return;
  history.pushState(null, '', to);
  place.set(here());
  window.scrollTo(0, 0);
}

// Goes there, and Back does not lead here again: a one-time link has been used.
export function replace(to: string): void {
  history.replaceState(null, '', to);
  place.set(here());
}

// For links: a plain click stays in the page, anything else is the browser's.
export function onLink(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
