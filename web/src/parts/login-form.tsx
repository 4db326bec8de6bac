// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import { useForm } from '../lib/form';
import { logIn } from '../lib/me';
import { me } from '../lib/session';
import { t } from '../lib/words';
import { Button, Fault } from './basic';
import { Field, PasswordField } from './field';

export function LoginForm({ onDone }: { onDone?: () => void }) {
  const before = me.get();
  const [login, setLogin] = useState(before?.kind === 'person' ? before.login : '');
  const [password, setPassword] = useState('');
  const form = useForm(['login', 'password']);
  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.check(login.trim() === '' ? { field: 'login', text: t('loginMissing') } : null)) return;
    if (!form.check(password === '' ? { field: 'password', text: t('passwordMissing') } : null)) return;
    if (await form.send(() => logIn(login.trim().toLowerCase(), password))) onDone?.();
  };
  // Nobody learns which of the two was wrong.
  const wrong = form.faultOf('password') === t('wrongPassword') ? t('wrongLogin') : form.faultOf('password');
  return (
    <form class="form" onSubmit={(event) => void send(event)} noValidate>
      <Field form={form} name="login" label={t('loginName')} value={login} onValue={setLogin} autocomplete="username" autocapitalize="off" spellcheck={false} maxLength={47} />
      <PasswordField form={{ ...form, faultOf: (field) => (field === 'password' ? wrong : form.faultOf(field)) }} name="password" label={t('password')} value={password} onValue={setPassword} />
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <Button kind="main" type="submit" disabled={form.busy || form.wait > 0}>
        {t('logIn')}
      </Button>
    </form>
  );
}
