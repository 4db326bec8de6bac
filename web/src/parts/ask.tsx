// SPDX-License-Identifier: Apache-2.0
// What has to be given before a call may go on: the password again, a login, a tablet's code. It lies above sheets and
// below the emergency stop.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useForm } from '../lib/form';
import { giveAgain } from '../lib/me';
import { type Asked, asked, me, type Question } from '../lib/session';
import { useStore } from '../lib/store';
import { type Key, t } from '../lib/words';
import { Button, trap } from './basic';
import { PasswordField } from './field';
import { Icon } from './icons';
import { Keypad, WhoIsIt } from './keypad';
import { LoginForm } from './login-form';

function Dialog({ title, why, onClose, children }: { title: string; why?: string; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const inputs = [...(box.current?.querySelectorAll<HTMLInputElement>('input:not([tabindex])') ?? [])];
    (inputs.find((input) => input.value === '') ?? box.current)?.focus();
    return () => {
      window.setTimeout(() => before?.isConnected && before.focus()); // once the page can be reached again
    };
  }, []);
  // Before any sheet hears of the key: the sheet below must neither close nor take the focus.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.target as Element | null)?.closest?.('.stop') || !box.current) return;
      if (event.key !== 'Escape' && event.key !== 'Tab') return;
      event.stopImmediatePropagation();
      if (event.key === 'Escape') onClose();
      else trap(event, box.current);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [onClose]);
  return (
    <div class="ask-scrim">
      <div class="ask" role="dialog" aria-modal="true" aria-labelledby="ask-title" tabIndex={-1} ref={box}>
        <header class="ask-head">
          <h2 id="ask-title">{title}</h2>
          <button type="button" class="close" onClick={onClose} aria-label={t('close')}>
            <Icon name="cross" size={20} />
          </button>
        </header>
        {why && <p>{why}</p>}
        {children}
      </div>
    </div>
  );
}

function Again({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('');
  const form = useForm(['password']);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.check(password === '' ? { field: 'password', text: t('passwordMissing') } : null)) return;
    if (await form.send(async () => void (await giveAgain({ password })))) onDone();
  };
  return (
    <form class="form" onSubmit={(event) => void send(event)} noValidate>
      <input class="unseen" type="text" name="username" autocomplete="username" value={me.get()?.login ?? ''} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordField form={form} name="password" label={t('password')} value={password} onValue={setPassword} />
      {form.wrong?.field === '' && <p class="fault" role="alert">{form.wrong.text}</p>}
      <Button kind="main" type="submit" disabled={form.busy || form.wait > 0}>
        {t('goOn')}
      </Button>
    </form>
  );
}

// prettier-ignore
const TITLES: Record<Question, { title: Key; why?: Key }> = {
  login: { title: 'logIn', why: 'sessionOver' },
  password: { title: 'passwordAgain', why: 'passwordAgainWhy' },
  pin: { title: 'whoAreYou' },
};

function Body({ now }: { now: Asked }) {
  const who = me.get();
  const done = () => now.answer(true);
  if (now.what === 'login') return <LoginForm onDone={done} />;
  if (now.what === 'password') return <Again onDone={done} />;
  if (who?.kind === 'pin') return <Keypad name={who.name} onPin={(pin) => giveAgain({ pin }).then(done)} />;
  return <WhoIsIt onDone={done} />;
}

export function Ask() {
  const now = useStore(asked);
  if (!now) return null;
  const { title, why } = TITLES[now.what];
  return (
    <Dialog title={t(title)} why={why && t(why)} onClose={() => now.answer(false)}>
      <Body now={now} />
    </Dialog>
  );
}
