// SPDX-License-Identifier: Apache-2.0
// One person's access: given, changed, taken away.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { patch, post, remove } from '../lib/api';
import { useForm } from '../lib/form';
import { when } from '../lib/format';
import { live } from '../lib/live';
import { badLogin, loginFrom } from '../lib/login-name';
import { me } from '../lib/session';
import { useStore } from '../lib/store';
import { touched } from '../lib/touched';
import type { Status } from '../lib/types';
import { type Language, language, t } from '../lib/words';
import { Button, Fault, Select, Sheet, Sure } from './basic';
import { Field } from './field';
import { type Link, LinkCard } from './link-card';
import { type Rights, RightsChoice, rightWords } from './rights';
import { Stale } from './stale';

export interface Person {
  login: string;
  name: string;
  language: Language;
  roles: Rights;
  disabled: boolean;
  invited: boolean;
  pin: boolean;
  added: string;
  by: string;
  seen: string | null;
  version?: string;
}

const pathOf = (login: string, word = '') => `/api/v1/users/${encodeURIComponent(login)}${word}`;

function Invitation({ name, link }: { name: string; link: Link }) {
  return (
    <LinkCard title={t('inviteLink', { name })} link={link} hint={t('inviteOnce')}>
      <p class="second">{t('linkUntil', { when: when(link.expires) })}</p>
    </LinkCard>
  );
}

const TONGUES: [string, string][] = [['fr', 'Français'], ['en', 'English']];

const noRole = (roles: Rights) => (Object.keys(roles).length === 0 ? { field: '', text: t('rolesNone') } : null);

export function AddPerson({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const { status } = useStore(live);
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const [tongue, setTongue] = useState<string>(language.get());
  const [roles, setRoles] = useState<Rights>({ '*': 'viewer' });
  const [made, setMade] = useState<{ name: string; link: Link } | null>(null);
  const form = useForm(['name', 'login']);
  const login = typed ?? loginFrom(name);
  const add = async (event: Event) => {
    event.preventDefault();
    const noName = name.trim() === '' ? { field: 'name', text: t('nameMissing') } : null;
    if (!form.check(noName ?? badLogin(login) ?? noRole(roles))) return;
    await form.send(async () => {
      const link = await post<Link>('/api/v1/users', { login, name: name.trim(), language: tongue, roles });
      setMade({ name: name.trim(), link });
      say(t('personAdded', { name: name.trim() }));
      onAdded();
    });
  };
  return (
    <Sheet title={t('personAdd')} onClose={onClose}>
      {made ? (
        <Invitation {...made} />
      ) : (
        <form class="form" onSubmit={(event) => void add(event)} noValidate>
          <Field form={form} name="name" label={t('name')} help={t('yourNameHelp')} value={name} onValue={setName} autocomplete="off" maxLength={80} />
          <Field form={form} name="login" label={t('loginName')} help={t('loginHelp')} value={login} onValue={setTyped} autocomplete="off" autocapitalize="off" spellcheck={false} maxLength={47} />
          <Select label={t('language')} value={tongue} onChange={setTongue} options={TONGUES} />
          <RightsChoice status={status} roles={roles} onChange={setRoles} />
          {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
          <Button kind="main" type="submit" disabled={form.busy}>
            {t('personAdd')}
          </Button>
        </form>
      )}
    </Sheet>
  );
}

function Access({ person, onChanged, onGone }: { person: Person; onChanged: () => void; onGone: () => void }) {
  const acting = useAct();
  const [link, setLink] = useState<Link | null>(null);
  const name = person.name;
  const act = async (make: () => Promise<unknown>, said: string) => {
    const done = await acting.run(async () => void (await make()));
    if (done) {
      say(said);
      onChanged();
    }
    return done;
  };
  const invite = () => acting.run(async () => setLink(await post<Link>(pathOf(person.login, '/invite'))));
  const block = (disabled: boolean) => act(() => patch(pathOf(person.login), { disabled }, person.version), t(disabled ? 'blocked' : 'unblocked', { name }));
  const drop = async () => {
    if (await act(() => remove(pathOf(person.login), person.version), t('personRemoved', { name }))) onGone();
  };
  return (
    <div class="ruled acts">
      {link && <Invitation name={name} link={link} />}
      <div class="act-row">
        <Sure label={t('inviteAgain')} sure={t('inviteSure', { name })} keep={t('close')} disabled={acting.busy} onSure={() => void invite()} />
        <Button disabled={acting.busy} onClick={() => void act(() => post(pathOf(person.login, '/logout')), t('sessionsEnded', { name }))}>
          {t('endSessions')}
        </Button>
        {person.disabled ? (
          <Button disabled={acting.busy} onClick={() => void block(false)}>
            {t('unblock')}
          </Button>
        ) : (
          <Sure label={t('block')} sure={t('blockSure', { name })} keep={t('close')} disabled={acting.busy} onSure={() => void block(true)} />
        )}
        <Sure label={t('removePerson')} sure={t('removePersonSure', { name })} keep={t('keep')} disabled={acting.busy} onSure={() => void drop()} />
      </div>
      <Fault text={acting.fault} />
    </div>
  );
}

const typedOf = (person: Person): { name: string; language: string; roles: Rights } => ({ name: person.name, language: person.language, roles: person.roles });

const linesOf = (status: Status | null, person: Person) => [
  person.name,
  TONGUES.find(([tongue]) => tongue === person.language)?.[1] ?? '',
  ...Object.entries(person.roles).map(([site, role]) => rightWords(status, site, role)),
];

export function PersonSheet({ person, onChanged, onClose }: { person: Person; onChanged: () => void; onClose: () => void }) {
  const { status } = useStore(live);
  const [name, setName] = useState(person.name);
  const [tongue, setTongue] = useState<string>(person.language);
  const [roles, setRoles] = useState<Rights>(person.roles);
  const [base, setBase] = useState(person);
  const form = useForm(['name']);
  const now = form.stale as Person | null;
  const save = async (event?: Event) => {
    event?.preventDefault();
    const noName = name.trim() === '' ? { field: 'name', text: t('nameMissing') } : null;
    if (!form.check(noName ?? noRole(roles))) return;
    const change = touched(typedOf(base), { name: name.trim(), language: tongue, roles });
    const same = Object.keys(change).length === 0;
    const done = same || (await form.send(async () => setBase(await patch<Person>(pathOf(person.login), change, (now ?? base).version))));
    if (!done) return;
    say(t('personSaved', { name: name.trim() }));
    onChanged();
  };
  const take = (current: Person) => {
    setBase(current);
    setName(current.name);
    setTongue(current.language);
    setRoles(current.roles);
    form.check(null);
  };
  return (
    <Sheet
      onClose={onClose}
      title={
        <span>
          {person.name}
          <span class="second">
            {person.login}
            {person.login === me.get()?.login && ` · ${t('thatsYou')}`}
          </span>
        </span>
      }
    >
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <Field form={form} name="name" label={t('name')} value={name} onValue={setName} autocomplete="off" maxLength={80} />
        <Select label={t('language')} value={tongue} onChange={setTongue} options={TONGUES} />
        <RightsChoice status={status} roles={roles} onChange={setRoles} />
        {now && <Stale busy={form.busy} now={linesOf(status, now)} onKeep={() => void save()} onTake={() => take(now)} />}
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <Button kind="main" type="submit" disabled={form.busy || now !== null}>
          {t('save')}
        </Button>
      </form>
      <Access person={person} onChanged={onChanged} onGone={onClose} />
    </Sheet>
  );
}
