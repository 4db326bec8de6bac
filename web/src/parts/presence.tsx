// SPDX-License-Identifier: Apache-2.0
// Who is at this screen, and when they will be taken to be gone.
import { useAct } from '../lib/acts';
import { duration } from '../lib/format';
import { live } from '../lib/live';
import { leave } from '../lib/me';
import { siteName } from '../lib/names';
import { leaving, stay } from '../lib/presence';
import { askPerson, asked, door, me } from '../lib/session';
import { useStore } from '../lib/store';
import { t } from '../lib/words';
import { Button } from './basic';
import { Icon } from './icons';

const lasting = (seconds: number) => (seconds < 60 ? t('seconds', { n: seconds }) : duration(seconds));

// A session that is about to end, or has: amber, in words, with the button that helps.
export function SessionStrip() {
  const soon = useStore(leaving);
  const ended = useStore(door) === 'ended';
  const asking = useStore(asked);
  if (ended && !asking)
    return (
      <div class="lost" role="status">
        <Icon name="lock" />
        <span>{t('sessionOver')}</span>
        <Button kind="main" onClick={() => void askPerson('login')}>
          {t('logIn')}
        </Button>
      </div>
    );
  if (!soon || ended || me.get()?.kind === 'pin') return null;
  return (
    <div class="lost">
      <Icon name="lock" />
      <span>{t(soon.idle ? 'endsSoon' : 'endsAnyway', { time: lasting(soon.seconds) })}</span>
      {soon.idle && (
        <Button kind="main" onClick={stay}>
          {t('stay')}
        </Button>
      )}
    </div>
  );
}

// A workshop's tablet says whose hands it is in, and lets them leave by one tap.
export function TabletStrip() {
  const who = useStore(me);
  const { status } = useStore(live);
  const soon = useStore(leaving);
  const acting = useAct();
  if (!who?.site) return null;
  const here = t('tabletHere', { site: siteName(status, who.site) });
  if (who.kind === 'tablet')
    return (
      <div class="tablet-strip">
        <p>
          <b>{here}</b> {t('tabletNobody')}
        </p>
        <Button kind="main" onClick={() => void askPerson('pin')}>
          {t('sayWho')}
        </Button>
      </div>
    );
  return (
    <div class="tablet-strip somebody">
      <p>
        <b>{who.name}</b> {soon ? t('tabletEnds', { time: lasting(soon.seconds) }) : here}
      </p>
      <Button disabled={acting.busy} onClick={() => void acting.run(leave)}>
        {t('leaveTablet')}
      </Button>
    </div>
  );
}
