// SPDX-License-Identifier: Apache-2.0
// Somebody else changed it while a person was at it: how it stands now, beside what the person typed, which stays.
import { t } from '../lib/words';
import { Button } from './basic';

export function Stale({ now, busy, onKeep, onTake }: { now: string[]; busy: boolean; onKeep: () => void; onTake: () => void }) {
  return (
    <div class="note wait stale-note" role="alert">
      <p>
        <b>{t('staleTitle')}</b>
      </p>
      <ul>
        {now.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{t('staleKept')}</p>
      <div class="act-row">
        <Button kind="main" disabled={busy} onClick={onKeep}>
          {t('staleMine')}
        </Button>
        <Button disabled={busy} onClick={onTake}>
          {t('staleTake')}
        </Button>
      </div>
    </div>
  );
}
