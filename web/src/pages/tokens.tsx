// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, post, remove } from '../lib/api';
import { useForm } from '../lib/form';
import { shortDay, when } from '../lib/format';
import { live } from '../lib/live';
import { ROLES } from '../lib/may';
import { siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Select, Sheet, Sure } from '../parts/basic';
import { Copyable, Field } from '../parts/field';
import { type Token, usedWords } from '../parts/keys';
import { RightsList, roleWord } from '../parts/rights';
import { PageTitle } from '../parts/shell';

const KINDS: Token['kind'][] = ['api', 'slicer', 'site'];

interface Made {
  name: string;
  secret: string;
}

function AddToken({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const { status } = useStore(live);
  const [kind, setKind] = useState<string>('api');
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('viewer');
  const [sites, setSites] = useState<string[]>([]);
  const [expires, setExpires] = useState('');
  const [made, setMade] = useState<Made | null>(null);
  const form = useForm(['name', 'expires']);
  const add = async (event: Event) => {
    event.preventDefault();
    if (!form.check(name.trim() === '' ? { field: 'name', text: t('tokenNameMissing') } : null)) return;
    await form.send(async () => {
      setMade(await post<Made>('/api/v1/tokens', { kind, name: name.trim(), role, ...(sites.length ? { sites } : {}), ...(expires ? { expires } : {}) }));
      onMade();
    });
  };
  const turn = (id: string) => setSites(sites.includes(id) ? sites.filter((one) => one !== id) : [...sites, id]);
  if (made)
    return (
      <Sheet title={made.name} onClose={onClose}>
        <div class="secret">
          <Copyable label={t('tokenSecret', { name: made.name })} text={made.secret} />
          <p>
            <b>{t('shownOnce')}</b>
          </p>
        </div>
      </Sheet>
    );
  return (
    <Sheet title={t('tokenAdd')} onClose={onClose}>
      <form class="form" onSubmit={(event) => void add(event)} noValidate>
        <Field form={form} name="name" label={t('tokenName')} help={t('tokenNameHelp')} value={name} onValue={setName} autocomplete="off" maxLength={60} />
        <Select label={t('tokenKind')} value={kind} onChange={setKind} options={KINDS.map((one) => [one, t(`tokenKind_${one}`)])} />
        <Select label={t('tokenRole')} value={role} onChange={setRole} options={ROLES.map((one) => [one, roleWord(one)])} />
        <details class="sites">
          <summary>
            {t('onlySites')} {sites.length > 0 && <b>({sites.length})</b>}
          </summary>
          <p class="second">{t('onlySitesHelp')}</p>
          {status?.sites.map(({ id }) => (
            <label key={id} class="check">
              <input type="checkbox" checked={sites.includes(id)} onChange={() => turn(id)} />
              <span>{siteName(status, id)}</span>
            </label>
          ))}
        </details>
        <Field form={form} name="expires" type="date" label={t('tokenExpires')} help={t('tokenExpiresHelp')} value={expires} onValue={setExpires} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy}>
          {t('tokenAdd')}
        </Button>
      </form>
    </Sheet>
  );
}

function Row({ status, token, busy, onRevoke }: { status: Status | null; token: Token; busy: boolean; onRevoke: () => void }) {
  const sub = [token.user && t('tokenFor', { login: token.user }), t('tokenBy', { by: token.by, when: when(token.created) }), usedWords(token.used)];
  return (
    <li>
      <div class="person-who">
        <h3>{token.name}</h3>
        <p class="second">{sub.filter(Boolean).join(' · ')}</p>
      </div>
      <div>
        <p>{t(`tokenKind_${token.kind}`)}</p>
        {!token.user && <RightsList status={status} roles={token.roles} />}
      </div>
      <p class="second">{token.expires ? t('tokenUntil', { when: shortDay(token.expires) }) : t('tokenForever')}</p>
      <Sure label={t('revokeOf', { name: token.name })} sure={t('revokeSure')} keep={t('keep')} disabled={busy} onSure={onRevoke} />
    </li>
  );
}

export function TokensPage() {
  const { status } = useStore(live);
  const tokens = useAnswer(() => get<{ items: Token[] }>('/api/v1/tokens'));
  const [adding, setAdding] = useState(false);
  const acting = useAct();
  const revoke = (token: Token) =>
    acting.run(async () => {
      await remove(`/api/v1/tokens/${token.id}`);
      say(t('revoked', { name: token.name }));
      tokens.again();
    });
  return (
    <section class="card" aria-labelledby="tokens">
      <header class="card-head">
        <PageTitle sub={t('tokensSub')}>
          <span id="tokens">{t('tokens')}</span>
        </PageTitle>
        <Button kind="main" onClick={() => setAdding(true)}>
          {t('tokenAdd')}
        </Button>
      </header>
      <Fault text={tokens.fault || acting.fault} />
      {tokens.value?.items.length === 0 && <p class="empty">{t('tokensNone')}</p>}
      <ul class="person-rows">
        {tokens.value?.items.map((token) => (
          <Row key={token.id} status={status} token={token} busy={acting.busy} onRevoke={() => void revoke(token)} />
        ))}
      </ul>
      {adding && <AddToken onMade={tokens.again} onClose={() => setAdding(false)} />}
    </section>
  );
}
