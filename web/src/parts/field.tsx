// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { say } from '../lib/acts';
import type { Form } from '../lib/form';
import { t } from '../lib/words';
import { Button, Fault } from './basic';

type Given = {
  form: Form;
  name: string;
  label: string;
  help?: string;
  value: string;
  onValue: (value: string) => void;
} & Omit<JSX.HTMLAttributes<HTMLInputElement>, 'form' | 'label'> & { autocomplete?: string; inputMode?: string; maxLength?: number; type?: string; spellcheck?: boolean };

// Label above, help under it, the box, and under the box what is wrong with it.
export function Field({ form, name, label, help, value, onValue, type = 'text', children, ...rest }: Given) {
  const id = useId();
  const fault = form.faultOf(name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && (
        <span class="second" id={`${id}-help`}>
          {help}
        </span>
      )}
      <span class="field-box">
        <input id={id} name={name} type={type} value={value} aria-invalid={fault !== ''} aria-describedby={`${help ? `${id}-help ` : ''}${id}-fault`} onInput={(event) => onValue(event.currentTarget.value)} {...rest} />
        {children}
      </span>
      <span id={`${id}-fault`}>
        <Fault text={fault} />
      </span>
    </div>
  );
}

type Secret = Pick<Given, 'form' | 'name' | 'label' | 'help' | 'value' | 'onValue'> & { fresh?: boolean };

// Paste allowed, and a look at what was typed: nobody writes a password twice.
export function PasswordField({ fresh, ...rest }: Secret) {
  const [shown, setShown] = useState(false);
  return (
    <Field {...rest} type={shown ? 'text' : 'password'} autocomplete={fresh ? 'new-password' : 'current-password'} spellcheck={false} autocapitalize="off" maxLength={128}>
      <button type="button" class="eye" aria-pressed={shown} aria-label={t(shown ? 'hidePassword' : 'showPassword')} onClick={() => setShown(!shown)}>
        <Eye crossed={shown} />
      </button>
    </Field>
  );
}

function Eye({ crossed }: { crossed: boolean }) {
  return (
    <svg class="icon" width="22" height="22" viewBox="0 0 22 22" fill="none" stroke="currentColor" stroke-width="1.800" aria-hidden="true" focusable="false">
      <path d="M2 11s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6z" />
      <circle cx="11" cy="11" r="2.800" />
      {crossed && <path d="M3.500 18.500 18.500 3.500" />}
    </svg>
  );
}

// Selects all where copying is forbidden (plain http beyond localhost), so that the keyboard can.
export function Copyable({ label, text }: { label: string; text: string }) {
  const id = useId();
  const copy = async () => {
    document.querySelector<HTMLInputElement>(`[data-copy="${id}"]`)?.select();
    try {
      await navigator.clipboard.writeText(text);
      say(t('copied'));
    } catch {
      document.execCommand('copy');
    }
  };
  return (
    <div class="copyable">
      <label class="field">
        <span>{label}</span>
        <input class="mono" type="text" readOnly value={text} data-copy={id} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <Button onClick={() => void copy()}>{t('copy')}</Button>
    </div>
  );
}
