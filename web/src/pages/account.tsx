// SPDX-License-Identifier: Apache-2.0
// What everybody may change of their own: name, language, password, tablet code, sessions, slicer keys.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, remove } from '../lib/api';
import { useForm } from '../lib/form';
import { ago, when } from '../lib/format';
import { live } from '../lib/live';
import { chooseLanguage, leave, setMe } from '../lib/me';
import { useAnswer } from '../lib/read';
import { me, type Me } from '../lib/session';
import { useStore } from '../lib/store';
import { type Language, language, t } from '../lib/words';
import { Button, Fault, Select } from '../parts/basic';
import { Field, PasswordField } from '../parts/field';
import { WhoIsIt } from '../parts/keypad';
import { Keys } from '../parts/keys';
import { Notices } from '../parts/notices';
import { RightsList } from '../parts/rights';
import { PageTitle } from '../parts/shell';

interface Session {
  id: number;
  kind: 'person' | 'pin';
  since: string;
  seen: string;
  address: string;
  agent: string;
  current: boolean;
}

function Who({ who }: { who: Me }) {
  const { status } = useStore(live);
  const [name, setName] = useState(who.name);
  const form = useForm(['name']);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(name.trim() === '' ? { field: 'name', text: t('nameMissing') } : null)) return;
    if (await form.send(() => setMe({ name: name.trim() }))) say(t('accountSaved'));
  };
  return (
    <section class="card padded form" aria-labelledby="who">
      <h2 id="who">{who.login}</h2>
      <RightsList status={status} roles={who.roles} />
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <Field form={form} name="name" label={t('yourName')} value={name} onValue={setName} autocomplete="name" maxLength={80} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <div class="act-row">
          <Button type="submit" disabled={form.busy || name.trim() === who.name}>
            {t('save')}
          </Button>
        </div>
      </form>
      <Select label={t('language')} value={language.get()} onChange={(value) => void form.send(() => chooseLanguage(value as Language))} options={[['fr', 'Français'], ['en', 'English']]} />
    </section>
  );
}

function ChangePassword() {
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(['old', 'password']);
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(old === '' ? { field: 'old', text: t('passwordMissing') } : null)) return;
    if (!form.check([...password].length < 10 ? { field: 'password', text: t('passwordShort') } : null)) return;
    if (!(await form.send(() => setMe({ old, password })))) return;
    setOld('');
    setPassword('');
    say(t('passwordChanged'));
  };
  return (
    <section class="card padded form" aria-labelledby="change-password">
      <h2 id="change-password">{t('changePassword')}</h2>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <PasswordField form={form} name="old" label={t('oldPassword')} value={old} onValue={setOld} />
        <PasswordField form={form} name="password" label={t('newPassword')} help={t('passwordHelp')} value={password} onValue={setPassword} fresh />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <div class="act-row">
          <Button type="submit" disabled={form.busy || form.wait > 0}>
            {t('changePassword')}
          </Button>
        </div>
      </form>
    </section>
  );
}

function Pin({ who }: { who: Me }) {
  const [pin, setPin] = useState('');
  const form = useForm(['pin']);
  const set = async (text: string, said: 'pinSet' | 'pinRemoved') => {
    if (!(await form.send(() => setMe({ pin: text })))) return;
    setPin('');
    say(t(said));
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (form.check(/^\d{4,8}$/.test(pin) ? null : { field: 'pin', text: t('pinBad') })) void set(pin, 'pinSet');
  };
  return (
    <section class="card padded form" aria-labelledby="pin">
      <h2 id="pin">{t('pinTitle')}</h2>
      <p class="second">{t('pinHelp')}</p>
      <p>{t(who.pin ? 'pinHas' : 'pinHasNot')}</p>
      <form class="form" onSubmit={save} noValidate>
        <Field form={form} name="pin" label={t('pinNew')} value={pin} onValue={(text) => setPin(text.replace(/\D/g, ''))} inputMode="numeric" autocomplete="off" maxLength={8} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <div class="act-row">
          <Button type="submit" disabled={form.busy}>
            {t('save')}
          </Button>
          {who.pin && (
            <Button disabled={form.busy} onClick={() => void set('', 'pinRemoved')}>
              {t('pinRemove')}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

// "Firefox, Windows" of what a browser says about itself.
export function browserOf(agent: string): string {
  const names = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']];
  const systems = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']];
  const of = (list: string[][]) => list.find(([mark]) => agent.includes(mark ?? ''))?.[1];
  return [of(names), of(systems)].filter(Boolean).join(', ') || agent.slice(0, 40) || t('unknownBrowser');
}

function Sessions() {
  const sessions = useAnswer(() => get<{ items: Session[] }>('/api/v1/sessions'));
  const acting = useAct();
  const end = (session: Session) =>
    acting.run(async () => {
      await remove(`/api/v1/sessions/${session.id}`);
      say(t('sessionEnded'));
      sessions.again();
    });
  return (
    <section class="card padded form" aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions')}</h2>
      <Fault text={sessions.fault || acting.fault} />
      <ul class="plain-rows">
        {sessions.value?.items.map((session) => (
          <li key={session.id}>
            <span>
              <b>{browserOf(session.agent)}</b> {session.current && <span class="state good">{t('sessionHere')}</span>}
              <span class="second">
                {[session.address, t('sessionSince', { since: when(session.since), seen: ago(session.seen) })].filter(Boolean).join(' · ')}
              </span>
            </span>
            {!session.current && (
              <Button disabled={acting.busy} aria-label={t('sessionEndOf', { name: browserOf(session.agent) })} onClick={() => void end(session)}>
                {t('sessionEnd')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function AccountPage() {
  const who = useStore(me);
  const acting = useAct();
  if (!who) return null;
  if (who.kind === 'tablet')
    return (
      <div class="narrow">
        <PageTitle>{t('whoAreYou')}</PageTitle>
        <WhoIsIt onDone={() => undefined} />
      </div>
    );
  return (
    <div class="narrow account-page">
      <header class="title-row">
        <PageTitle>{t('account')}</PageTitle>
        <Button disabled={acting.busy} onClick={() => void acting.run(leave)}>
          {t(who.kind === 'pin' ? 'leaveTablet' : 'logOut')}
        </Button>
      </header>
      <Fault text={acting.fault} />
      <Who key={who.login} who={who} />
      {who.kind === 'person' && <ChangePassword />}
      {who.kind === 'person' && <Pin who={who} />}
      <Sessions />
      {who.kind === 'person' && <Notices />}
      {who.kind === 'person' && <Keys />}
    </div>
  );
}
