// SPDX-License-Identifier: Apache-2.0
import { PageTitle } from '../parts/shell';
import { Link, Select } from '../parts/basic';
import { config } from '../lib/live';
import { useStore } from '../lib/store';
import { type Theme, theme, wear } from '../lib/theme';
import { type Language, language, setLanguage, t } from '../lib/words';

export function MorePage() {
  const read = useStore(config);
  return (
    <div class="narrow">
      <PageTitle>{t('more')}</PageTitle>
      <ul class="card links">
        <li>
          <Link to="/production">{t('production')}</Link>
        </li>
        <li>
          <Link to="/mur">{t('wall')}</Link>
        </li>
      </ul>
      <section class="card padded" aria-labelledby="preferences">
        <h2 id="preferences">{t('preferences')}</h2>
        <Select label={t('language')} value={language.get()} onChange={(value) => setLanguage(value as Language)} options={[['fr', 'Français'], ['en', 'English']]} />
        <Select label={t('theme')} value={useStore(theme)} onChange={(value) => wear(value as Theme)} options={[['system', t('themeSystem')], ['light', t('themeLight')], ['dark', t('themeDark')]]} />
      </section>
      {read && (
        <p class="second">
          {t('version', { version: read.version })} · {t('factoryTime', { zone: read.timezone })}
        </p>
      )}
    </div>
  );
}
