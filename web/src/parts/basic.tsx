// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetUnanswered } from '../lib/api';
import { ageMs, age } from '../lib/format';
import { face, STALE_MS } from '../lib/face';
import { badgeOf, machineName } from '../lib/names';
import { onLink } from '../lib/router';
import type { Machine, Status } from '../lib/types';
import { t } from '../lib/words';
import { Icon, type IconName } from './icons';

export function Link({ to, children, ...rest }: { to: string; children: ComponentChildren } & JSX.HTMLAttributes<HTMLAnchorElement>) {
  return (
    <a href={to} onClick={onLink} {...rest}>
      {children}
    </a>
  );
}

type ButtonProps = {
  kind?: 'main' | 'plain' | 'stop' | 'quiet' | 'chip';
  icon?: IconName;
  children: ComponentChildren;
} & Omit<JSX.HTMLAttributes<HTMLButtonElement>, 'icon'> & { disabled?: boolean; type?: 'button' | 'submit' };

export function Button({ kind = 'plain', icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" class={`button ${kind}`} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export function Badge({ status, site, large }: { status: Status; site: string; large?: boolean }) {
  return (
    <span class={large ? 'badge large' : 'badge'} aria-hidden="true">
      {badgeOf(status, site)}
    </span>
  );
}

export function Fault({ text }: { text: string }) {
  if (!text) return null;
  return (
    <p class="fault" role="alert">
      <Icon name="warn" />
      <span>{text}</span>
    </p>
  );
}

// Icon and word of a machine's state.
export function StateWord({ machine }: { machine: Machine }) {
  const shown = face(machine);
  return (
    <span class={`state ${shown.family}`}>
      <Icon name={shown.icon} />
      {t(shown.word)}
    </span>
  );
}

export const isStale = (machine: Machine) => !machine.heard || ageMs(machine.heard) > STALE_MS;

export function stateLabel(status: Status, machine: Machine): string {
  const values = { machine: machineName(status, machine), state: t(face(machine).word).toLowerCase(), age: age(machine.since) };
  return t(ageMs(machine.since) >= 60000 ? 'tileLabelSince' : 'tileLabel', values);
}

export function Bar({ share, of, tone = 'run' }: { share: number; of?: number; tone?: string }) {
  const width = Math.max(0, Math.min(1, share));
  return (
    <span class={`bar ${tone}`} aria-hidden="true">
      <i style={{ width: `${width * 100}%` }} />
      {!!of && <i class="hatch" style={{ width: `${Math.max(0, Math.min(1 - width, of)) * 100}%` }} />}
    </span>
  );
}

const FOCUSABLE = 'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea, [tabindex="0"]';

export function trap(event: KeyboardEvent, inside: HTMLElement): void {
  const places = [...inside.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const first = places[0];
  const last = places[places.length - 1];
  if (!inside.contains(document.activeElement)) first?.focus();
  else if (event.shiftKey && document.activeElement === first) last?.focus();
  else if (!event.shiftKey && document.activeElement === last) first?.focus();
  else return;
  event.preventDefault();
}

// From below on a phone, at the right where there is room. The top bar with the emergency stop stays above it.
export function Sheet({ title, onClose, children }: { title: ComponentChildren; onClose: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(document.activeElement as HTMLElement | null);
  useEffect(() => {
    box.current?.focus();
    document.body.classList.add('under-sheet');
    return () => {
      document.body.classList.remove('under-sheet');
      forgetUnanswered();
      const back = before.current;
      if (back?.isConnected) back.focus();
      else document.querySelector<HTMLElement>('h1')?.focus();
    };
  }, []);
  // On the window: a button that has just been disabled has lost the focus, and Escape must close all the same.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const inStop = (event.target as Element | null)?.closest?.('.stop');
      if (inStop || !box.current) return;
      if (event.key === 'Escape') onClose();
      if (event.key === 'Tab') trap(event, box.current);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <>
      <div class="scrim" onClick={onClose} />
      <div class="sheet" role="dialog" aria-modal="true" aria-labelledby="sheet-title" tabIndex={-1} ref={box}>
        <header class="sheet-head">
          <h2 id="sheet-title">{title}</h2>
          <button type="button" class="close" onClick={onClose} aria-label={t('close')}>
            <Icon name="cross" size={20} />
          </button>
        </header>
        {children}
      </div>
    </>
  );
}

// A second press does it: only where a print or a person's hand is at stake.
export function Sure({ label, sure, keep, icon, disabled, onSure }: {
  label: string;
  sure: string;
  keep: string;
  icon?: IconName;
  disabled?: boolean;
  onSure: () => void;
}) {
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <Button icon={icon} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  return (
    <div class="sure" role="group" aria-label={label}>
      <p>{sure}</p>
      <Button kind="main" onClick={() => (setOpen(false), onSure())}>
        {label}
      </Button>
      <Button onClick={() => setOpen(false)}>{keep}</Button>
    </div>
  );
}

export function Select({ label, value, options, onChange, hidden }: {
  label: string;
  value: string;
  options: [value: string, text: string][];
  onChange: (value: string) => void;
  hidden?: boolean;
}) {
  return (
    <label class="select">
      <span class={hidden ? 'unseen' : ''}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
