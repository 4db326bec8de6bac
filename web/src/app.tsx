// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'preact/hooks';
import { Link } from './parts/basic';
import { PageTitle, Shell } from './parts/shell';
import { place } from './lib/router';
import { useStore } from './lib/store';
import { language, t } from './lib/words';
import { looking } from './lib/stop';
import { MachinePage } from './pages/machine';
import { MachinesPage } from './pages/machines';
import { MorePage } from './pages/more';
import { ProductionPage } from './pages/production';
import { ProgramsPage } from './pages/programs';
import { QueuePage } from './pages/queue';
import { TodayPage } from './pages/today';
import { WallPage } from './pages/wall';

function Missing() {
  return (
    <div class="card">
      <PageTitle>{t('notHere')}</PageTitle>
      <p>
        <Link to="/">{t('backToday')}</Link>
      </p>
    </div>
  );
}

function pageAt(path: string) {
  if (path === '/' || path === '/index.html') return <TodayPage />;
  if (path === '/machines') return <MachinesPage />;
  if (path.startsWith('/machines/')) return <MachinePage id={decodeURIComponent(path.slice('/machines/'.length))} />;
  if (path === '/queue') return <QueuePage />;
  if (path === '/programs') return <ProgramsPage />;
  if (path === '/production') return <ProductionPage />;
  if (path === '/more') return <MorePage />;
  return <Missing />;
}

export function App() {
  const { path } = useStore(place);
  useStore(language);
  useEffect(() => looking.set({}), [path.startsWith('/machines')]);
  if (path === '/mur') return <WallPage />;
  return <Shell>{pageAt(path)}</Shell>;
}
