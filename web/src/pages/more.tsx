// SPDX-License-Identifier: Apache-2.0
import { PageTitle } from '../parts/shell';
import { Button, Fault, Link, Select } from '../parts/basic';
import { useAct } from '../lib/acts';
import { config, live } from '../lib/live';
import { may, mayAnywhere, toReceive } from '../lib/may';
import { chooseLanguage, leave } from '../lib/me';
import { me } from '../lib/session';
import { useStore } from '../lib/store';
import { type Theme, theme, wear } from '../lib/theme';
import { type Language, language, t } from '../lib/words';

export function MorePage() {
  const read = useStore(config);
  const who = useStore(me);
  const acting = useAct();
  const receive = toReceive(useStore(live).status?.sites ?? []);
  return (
    <div class="narrow">
      <PageTitle>{t('more')}</PageTitle>
      <ul class="card links">
        <li>
          <Link to="/steps">{t('handWork')}</Link>
        </li>
        <li>
          <Link to="/stock">
            {t('stock')}
            {receive > 0 && <b class="count">{t('waitingReceive', { n: receive })}</b>}
          </Link>
        </li>
        <li>
          <Link to="/production">{t('production')}</Link>
        </li>
        <li>
          <Link to="/forecast">{t('whatIf')}</Link>
        </li>
        {mayAnywhere('technician') && (
          <li>
            <Link to="/technical">{t('technical')}</Link>
          </li>
        )}
        {mayAnywhere('operator') && (
          <li>
            <Link to="/tablets">{t('tablets')}</Link>
          </li>
        )}
        {may('admin') && (
          <li>
            <Link to="/admin">{t('admin')}</Link>
          </li>
        )}
        <li>
          <Link to="/mur">{t('wall')}</Link>
        </li>
      </ul>
      {who?.kind === 'person' && (
        <section class="card padded form" aria-labelledby="me">
          <h2 id="me">{who.name}</h2>
          <div class="act-row">
            <Link class="button plain" to="/account">
              {t('account')}
            </Link>
            <Button disabled={acting.busy} onClick={() => void acting.run(leave)}>
              {t('logOut')}
            </Button>
          </div>
          <Fault text={acting.fault} />
        </section>
      )}
      <section class="card padded" aria-labelledby="preferences">
        <h2 id="preferences">{t('preferences')}</h2>
        <div class="choose">
          <Select label={t('language')} value={language.get()} onChange={(value) => void acting.run(() => chooseLanguage(value as Language))} options={[['fr', 'Français'], ['en', 'English']]} />
          <Select label={t('theme')} value={useStore(theme)} onChange={(value) => wear(value as Theme)} options={[['system', t('themeSystem')], ['light', t('themeLight')], ['dark', t('themeDark')]]} />
        </div>
      </section>
      {read && (
        <p class="second about">
          {t('version', { version: read.version })} · {t('factoryTime', { zone: read.timezone })}
        </p>
      )}
    </div>
  );
}
