// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'preact/hooks';
import { Link } from './parts/basic';
import { PageTitle, Shell } from './parts/shell';
import { place } from './lib/router';
import { useStore } from './lib/store';
import { language, t } from './lib/words';
import { looking } from './lib/stop';
import { askPerson, door, me } from './lib/session';
import { AccountPage } from './pages/account';
import { AdminPage } from './pages/admin';
import { FirstPage, InvitationPage, LoginPage, PairingPage } from './pages/entry';
import { LabelPage } from './pages/label';
import { MachinePage } from './pages/machine';
import { MachinesPage } from './pages/machines';
import { MorePage } from './pages/more';
import { ProductionPage } from './pages/production';
import { ProgramsPage } from './pages/programs';
import { QueuePage } from './pages/queue';
import { TabletsPage } from './pages/tablets';
import { TodayPage } from './pages/today';
import { TechnicalPage } from './pages/technical';
import { WallPage } from './pages/wall';
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

function pageAt(path: string) {
  if (path === '/' || path === '/index.html') return <TodayPage />;
  if (path === '/machines') return <MachinesPage />;
  const label = /^\/machines\/([^/]+)\/label$/.exec(path);
  if (label?.[1]) return <LabelPage id={named(label[1])} />;
  if (path.startsWith('/machines/')) return <MachinePage id={named(path.slice('/machines/'.length))} />;
  if (path === '/queue') return <QueuePage />;
  if (path === '/programs') return <ProgramsPage />;
  if (path === '/production') return <ProductionPage />;
  if (path === '/technical') return <TechnicalPage />;
  if (path === '/more') return <MorePage />;
  if (path === '/account') return <AccountPage />;
  if (path === '/tablets') return <TabletsPage />;
  if (path === '/admin' || path.startsWith('/admin/')) return <AdminPage path={path} />;
  return <Missing />;
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
  useStore(language);
  useStore(me);
  useEffect(() => looking.set({}), [path.startsWith('/machines')]);
  useEffect(() => {
    if (entered === 'ended') void askPerson('login');
  }, [entered]);
  const entry = entryAt(path);
  if (entry) return entry;
  if (entered === 'shut' || entered === 'empty') return <LoginPage />;
  return (
    <>
      {path === '/mur' ? <WallPage /> : <Shell>{pageAt(path)}</Shell>}
      <Ask />
    </>
  );
}
