// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'preact/hooks';
import { Link } from './parts/basic';
import { PageTitle, Shell } from './parts/shell';
import { place } from './lib/router';
import { useStore } from './lib/store';
import { language, t } from './lib/words';
import { looking } from './lib/stop';
import { others, type Others } from './lib/others';
import { askPerson, door, me } from './lib/session';
import { FirstPage, InvitationPage, LoginPage, PairingPage } from './pages/entry';
import { MachinesPage } from './pages/machines';
import { TodayPage } from './pages/today';
import { Ask } from './parts/ask';

function Missing() {
  return (
    <div class="card padded">
      <PageTitle>{t('notHere')}</PageTitle>
      <p>
        <Link to="/">{t('backToday')}</Link>
      </p>
    </div>
  );
}

// What stands in an address may be no well-formed text.
function named(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// While the pages' second part is on its way; over a slow link that may take a second.
function Coming() {
  return <PageTitle>{t('joining')}</PageTitle>;
}

function otherPage(path: string, pages: Others) {
  const label = /^\/machines\/([^/]+)\/label$/.exec(path);
  if (label?.[1]) return <pages.LabelPage id={named(label[1])} />;
  if (path.startsWith('/machines/')) return <pages.MachinePage id={named(path.slice('/machines/'.length))} />;
  if (path === '/queue') return <pages.QueuePage />;
  if (path === '/stock') return <pages.StockPage />;
  if (path.startsWith('/lots/')) return <pages.LotPage id={named(path.slice('/lots/'.length))} />;
  if (path === '/steps') return <pages.StepsPage />;
  if (path === '/programs') return <pages.ProgramsPage />;
  if (path === '/production') return <pages.ProductionPage />;
  if (path === '/technical') return <pages.TechnicalPage />;
  if (path === '/more') return <pages.MorePage />;
  if (path === '/account') return <pages.AccountPage />;
  if (path === '/tablets') return <pages.TabletsPage />;
  if (path === '/admin' || path.startsWith('/admin/')) return <pages.AdminPage path={path} />;
  if (path === '/forecast') return <pages.WhatIfPage />;
  if (path === '/mur') return <pages.WallPage />;
  return <Missing />;
}

function pageAt(path: string, pages: Others | null) {
  if (path === '/' || path === '/index.html') return <TodayPage />;
  if (path === '/machines') return <MachinesPage />;
  return pages ? otherPage(path, pages) : <Coming />;
}

// Pages that one-time links open, whoever is logged in here.
function entryAt(path: string) {
  if (path === '/first') return <FirstPage />;
  if (path === '/invitation') return <InvitationPage />;
  return path === '/pairing' ? <PairingPage /> : null;
}

export function App() {
  const { path } = useStore(place);
  const entered = useStore(door);
  const pages = useStore(others);
  useStore(language);
  useStore(me);
  useEffect(() => looking.set({}), [path.startsWith('/machines')]);
  useEffect(() => {
    if (entered === 'ended') void askPerson('login');
  }, [entered]);
  const entry = entryAt(path);
  if (entry) return entry;
  if (path === '/declare') return pages ? <pages.DeclarePage /> : <main id="content" />;
  if (entered === 'shut' || entered === 'empty') return <LoginPage />;
  return (
    <>
      {path === '/mur' ? pageAt(path, pages) : <Shell>{pageAt(path, pages)}</Shell>}
      <Ask />
    </>
  );
}
