// SPDX-License-Identifier: Apache-2.0
import { createKept } from './store';

export type Theme = 'system' | 'light' | 'dark';

export const theme = createKept<Theme>('theme', 'system');

export function wear(next: Theme): void {
  theme.set(next);
  if (next === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = next;
}
