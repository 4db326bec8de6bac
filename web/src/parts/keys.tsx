// SPDX-License-Identifier: Apache-2.0
// One's own keys for slicers.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, post, remove } from '../lib/api';
import { useForm } from '../lib/form';
import { ago, when } from '../lib/format';
import { live } from '../lib/live';
import { mayAnywhere } from '../lib/may';
import { useAnswer } from '../lib/read';
import type { Rights } from './rights';
import { t } from '../lib/words';
import { Button, Fault, Sure } from './basic';
import { Copyable, Field } from './field';

export interface Token {
  id: number;
  kind: 'api' | 'slicer' | 'site' | 'maker';
  name: string;
  roles: Rights;
  user: string | null;
  created: string;
  by: string;
  expires: string | null;
  used: string | null;
}

export const usedWords = (used: string | null) => (used ? t('used', { age: ago(used) }) : t('usedNever'));

// Where a slicer asks for the address and the key.
function Where() {
  const url = `${location.origin}/slicer/${t('slicerModelWord')}`;
  const models = [...new Set(live.get().status?.machines.map((machine) => machine.model) ?? [])].join(', ');
  return (
    <details open>
      <summary>{t('slicerWhere')}</summary>
      <ul class="slicers">
        {(['slicerPrusa', 'slicerOrca', 'slicerCura'] as const).map((word) => (
          <li key={word}>{t(word, { url })}</li>
        ))}
      </ul>
      <p class="second">{t('slicerModel', { model: t('slicerModelWord'), models })}</p>
    </details>
  );
}

export function Keys() {
  const keys = useAnswer(() => get<{ items: Token[] }>('/api/v1/me/keys'));
  const [name, setName] = useState('');
  const [secret, setSecret] = useState<{ name: string; secret: string } | null>(null);
  const form = useForm(['name']);
  const acting = useAct();
  const add = async (event: Event) => {
    event.preventDefault();
    if (!form.check(name.trim() === '' ? { field: 'name', text: t('tokenNameMissing') } : null)) return;
    await form.send(async () => {
      setSecret(await post<{ name: string; secret: string }>('/api/v1/me/keys', { name: name.trim() }));
      setName('');
      keys.again();
    });
  };
  const revoke = (key: Token) =>
    acting.run(async () => {
      await remove(`/api/v1/me/keys/${key.id}`);
      say(t('revoked', { name: key.name }));
      keys.again();
    });
  return (
    <section class="card padded form" aria-labelledby="keys">
      <h2 id="keys">{t('keys')}</h2>
      <p class="second">{t('keysHelp')}</p>
      <Fault text={keys.fault || acting.fault} />
      {keys.value?.items.length === 0 && <p>{t('noKeys')}</p>}
      <ul class="plain-rows">
        {keys.value?.items.map((key) => (
          <li key={key.id}>
            <span>
              <b>{key.name}</b>
              <span class="second">
                {when(key.created)} · {usedWords(key.used)}
              </span>
            </span>
            <Sure label={t('revokeOf', { name: key.name })} sure={t('revokeSure')} keep={t('keep')} disabled={acting.busy} onSure={() => void revoke(key)} />
          </li>
        ))}
      </ul>
      {secret && (
        <div class="secret" role="status">
          <Copyable label={secret.name} text={secret.secret} />
          <p>
            <b>{t('shownOnce')}</b>
          </p>
          <Where />
        </div>
      )}
      {mayAnywhere('coordinator') && (
        <form class="form" onSubmit={(event) => void add(event)} noValidate>
          <Field form={form} name="name" label={t('keyName')} help={t('keyNameHelp')} value={name} onValue={setName} maxLength={60} />
          {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
          <div class="act-row">
            <Button type="submit" disabled={form.busy}>
              {t('keyAdd')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
