// SPDX-License-Identifier: Apache-2.0
// How a job is shared out among the sites so that all finish together and few parts travel.
import { get } from '../lib/api';
import { day, number } from '../lib/format';
import { partName, siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import type { Job, List, Status } from '../lib/types';
import { t } from '../lib/words';
import { Bar, Fault, Sheet } from './basic';

interface Share {
  site: string;
  machines: number;
  per_hour: number;
  far_km: number;
  pieces: number;
}

type Shares = List<Share> & { done: string | null };

function ShareTable({ status, shares }: { status: Status; shares: Share[] }) {
  const all = shares.reduce((sum, { pieces }) => sum + pieces, 0);
  const most = Math.max(1, ...shares.map(({ pieces }) => pieces));
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t('shares')}>
      <table class="shares">
        <thead>
          <tr>
            <th scope="col">{t('site')}</th>
            <th scope="col" class="num">{t('sharePieces')}</th>
            <th scope="col" class="num">{t('machines')}</th>
            <th scope="col" class="num">{t('sharePerHour')}</th>
            <th scope="col" class="num">{t('shareFar')}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <tr key={share.site}>
              <th scope="row">
                {siteName(status, share.site)}
                <Bar share={share.pieces / most} />
              </th>
              <td class="num strong">{number(share.pieces)}</td>
              <td class="num">{number(share.machines)}</td>
              <td class="num">{number(share.per_hour, 1)}</td>
              <td class="num">{t('km', { n: number(share.far_km) })}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td class="num strong">{number(all)}</td>
            <td class="num">{number(shares.reduce((sum, { machines }) => sum + machines, 0))}</td>
            <td class="num">{number(shares.reduce((sum, { per_hour }) => sum + per_hour, 0), 1)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

export function SharesSheet({ status, job, onClose }: { status: Status; job: Job; onClose: () => void }) {
  const { value, fault } = useAnswer(() => get<Shares>(`/api/v1/jobs/${job.id}/shares`), String(job.id));
  const shares = [...(value?.items ?? [])].sort((a, b) => b.pieces - a.pieces);
  const title = (
    <span>
      {t('shares')}
      <span class="second">
        {partName(status, job.part)} · {t('numberN', { id: String(job.id) })}
      </span>
    </span>
  );
  return (
    <Sheet title={title} onClose={onClose}>
      <Fault text={fault} />
      {!value && !fault && (
        <div class="grey-shapes" aria-hidden="true">
          <i />
        </div>
      )}
      {value && <p>{shares.length === 0 ? t('sharesNone') : value.done ? t('sharesDone', { day: day(Date.parse(value.done)) }) : t('sharesNoDate')}</p>}
      {shares.length > 0 && <ShareTable status={status} shares={shares} />}
      <p class="second">{t('sharesHow')}</p>
    </Sheet>
  );
}
