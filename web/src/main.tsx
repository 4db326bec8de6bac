// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { App } from './app';
import { follow } from './lib/live';
import { arrive } from './lib/me';
import { fetchOthers, others } from './lib/others';
import { attend } from './lib/presence';
import { watchUpdates } from './lib/update';
import { theme, wear } from './lib/theme';
import { language } from './lib/words';
import './tokens.css';
import './css/base.css';
import './css/shell.css';
import './css/sheet.css';
import './css/today.css';
import './css/machines.css';
import './css/lists.css';
import './css/label.css';
import './css/technical.css';
import './css/people.css';
import './css/goods.css';
import './css/lot.css';
import './css/wall.css';

document.documentElement.lang = language.get();
wear(theme.get());
follow();
attend();
watchUpdates();
fetchOthers();
void arrive();
render(<App />, document.getElementById('app') as HTMLElement);

// It keeps every file for times without a link, which can wait until this page has its own.
function keepFiles(): void {
  if (others.get() === null || !('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}
others.follow(keepFiles);
