// SPDX-License-Identifier: Apache-2.0
// The pages before anybody is known: login, the first account, an invitation, the pairing of a tablet.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { type Form, useForm, type Wrong } from '../lib/form';
import { live } from '../lib/live';
import { badLogin, loginFrom } from '../lib/login-name';
import { acceptInvitation, arrive, begin, pair } from '../lib/me';
import { siteName } from '../lib/names';
import { replace } from '../lib/router';
import { door } from '../lib/session';
import { useStore } from '../lib/store';
import { type Language, language, setLanguage, t } from '../lib/words';
import { Button, Fault } from '../parts/basic';
import { Field, PasswordField } from '../parts/field';
import { LoginForm } from '../parts/login-form';
import { Toasts } from '../parts/toast';

const LANGUAGES: [Language, string][] = [['fr', 'Français'], ['en', 'English']];

export function Entry({ title, sub, children }: { title: string; sub?: string; children: ComponentChildren }) {
  return (
    <>
      <header class="top entry-top">
        <span class="brand">
          <i aria-hidden="true" />
          Usine
        </span>
        <div class="tongues" role="group" aria-label={t('language')}>
          {LANGUAGES.map(([code, name]) => (
            <button key={code} type="button" lang={code} aria-pressed={language.get() === code} onClick={() => setLanguage(code)}>
              {name}
            </button>
          ))}
        </div>
      </header>
      <main id="content" tabIndex={-1} class="entry">
        <header class="page-title">
          <h1 tabIndex={-1}>{title}</h1>
          {sub && <p class="lead">{sub}</p>}
        </header>
        {children}
      </main>
      <Toasts />
    </>
  );
}

export function LoginPage() {
  if (useStore(door) === 'empty')
    return (
      <Entry title={t('noAdminTitle')} sub={t('noAdminHow')}>
        <div class="act-row">
          <Button onClick={() => void arrive()}>{t('noAdminAgain')}</Button>
        </div>
      </Entry>
    );
  return (
    <Entry title={t('logIn')}>
      <LoginForm />
      <details>
        <summary>{t('forgotPassword')}</summary>
        <p class="second">{t('forgotHow')}</p>
      </details>
    </Entry>
  );
}

// The code stands behind the # of the link, which no browser sends along; typed or pasted where it is missing.
function useCode(): [string, boolean, (text: string) => void] {
  const [first] = useState(() => location.hash.slice(1));
  const [code, setCode] = useState(first);
  return [code, first === '', (text) => setCode(text.replace(/^.*#/, '').trim())];
}

function CodeField({ form, code, shown, onCode }: { form: Form; code: string; shown: boolean; onCode: (code: string) => void }) {
  if (shown) return <Field form={form} name="code" label={t('codeTitle')} help={t('codeHelp')} value={code} onValue={onCode} autocapitalize="off" spellcheck={false} />;
  return <Fault text={form.faultOf('code')} />;
}

function Foot({ form, text }: { form: Form; text: string }) {
  return (
    <>
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <Button kind="main" type="submit" disabled={form.busy || form.wait > 0}>
        {text}
      </Button>
    </>
  );
}

const noCode = (code: string): Wrong | null => (code === '' ? { field: 'code', text: t('codeMissing') } : null);
const tooShort = (password: string): Wrong | null => ([...password].length < 10 ? { field: 'password', text: t('passwordShort') } : null);

export function FirstPage() {
  const [code, asks, setCode] = useCode();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const form = useForm(['code', 'name', 'login', 'password']);
  const login = typed ?? loginFrom(name);
  const send = async (event: Event) => {
    event.preventDefault();
    const noName = name.trim() === '' ? { field: 'name', text: t('nameMissing') } : null;
    if (!form.check(noCode(code) ?? noName ?? badLogin(login) ?? tooShort(password))) return;
    if (await form.send(() => begin({ code, login, name: name.trim(), password }))) replace('/');
  };
  const over = form.faultOf('code') === t('codeOver') ? t('codeOverFirst') : form.faultOf('code');
  return (
    <Entry title={t('firstTitle')} sub={t('firstSub')}>
      <form class="form" onSubmit={(event) => void send(event)} noValidate>
        <CodeField form={{ ...form, faultOf: (field) => (field === 'code' ? over : form.faultOf(field)) }} code={code} shown={asks} onCode={setCode} />
        <Field form={form} name="name" label={t('yourName')} help={t('yourNameHelp')} value={name} onValue={setName} autocomplete="name" maxLength={80} />
        <Field form={form} name="login" label={t('loginName')} help={t('loginHelp')} value={login} onValue={setTyped} autocomplete="username" autocapitalize="off" spellcheck={false} maxLength={47} />
        <PasswordField form={form} name="password" label={t('password')} help={t('passwordHelp')} value={password} onValue={setPassword} fresh />
        <Foot form={form} text={t('createAccount')} />
      </form>
    </Entry>
  );
}

export function InvitationPage() {
  const [code, asks, setCode] = useCode();
  const [password, setPassword] = useState('');
  const form = useForm(['code', 'password']);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.check(noCode(code) ?? tooShort(password))) return;
    if (await form.send(() => acceptInvitation(code, password))) replace('/');
  };
  return (
    <Entry title={t('invitedTitle')} sub={t('invitedSub')}>
      <form class="form" onSubmit={(event) => void send(event)} noValidate>
        <CodeField form={form} code={code} shown={asks} onCode={setCode} />
        <PasswordField form={form} name="password" label={t('password')} help={t('passwordHelp')} value={password} onValue={setPassword} fresh />
        <Foot form={form} text={t('setPassword')} />
      </form>
    </Entry>
  );
}

export function PairingPage() {
  const [code, asks, setCode] = useCode();
  const form = useForm(['code']);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.check(noCode(code))) return;
    const done = await form.send(async () => {
      const now = await pair(code);
      say(t('paired', { site: siteName(live.get().status, now.site ?? '') }));
    });
    if (done) replace('/machines');
  };
  return (
    <Entry title={t('pairTitle')} sub={t('pairSub')}>
      <form class="form" onSubmit={(event) => void send(event)} noValidate>
        <CodeField form={form} code={code} shown={asks} onCode={setCode} />
        <Foot form={form} text={t('pair')} />
      </form>
    </Entry>
  );
}
