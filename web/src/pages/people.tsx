// SPDX-License-Identifier: Apache-2.0
import { useState } from 'preact/hooks';
import { ago } from '../lib/format';
import { get } from '../lib/api';
import { live } from '../lib/live';
import { useAnswer } from '../lib/read';
import { me } from '../lib/session';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault } from '../parts/basic';
import { Icon } from '../parts/icons';
import { AddPerson, type Person, PersonSheet } from '../parts/person';
import { RightsList } from '../parts/rights';
import { PageTitle } from '../parts/shell';

function StateOf({ person }: { person: Person }) {
  if (person.disabled) return <span class="state lock"><Icon name="lock" /> {t('shutOut')}</span>;
  if (person.invited) return <span class="state you"><Icon name="greet" /> {t('invited')}</span>;
  return <span class="state good"><Icon name="check" /> {t('mayEnter')}</span>;
}

function Row({ status, person, onOpen }: { status: Status | null; person: Person; onOpen: () => void }) {
  const sub = [person.login === me.get()?.login && t('thatsYou'), person.seen ? t('seenAt', { when: ago(person.seen) }) : t('neverSeen'), person.pin && t('hasPin')];
  return (
    <li>
      <div class="person-who">
        <h3>{person.name}</h3>
        <p class="second">{[person.login, ...sub].filter(Boolean).join(' · ')}</p>
      </div>
      <RightsList status={status} roles={person.roles} />
      <p>
        <StateOf person={person} />
      </p>
      <Button aria-label={`${t('see')} ${person.name}`} onClick={onOpen}>
        {t('see')}
      </Button>
    </li>
  );
}

export function PeoplePage() {
  const { status } = useStore(live);
  const people = useAnswer(() => get<{ items: Person[] }>('/api/v1/users'));
  const [open, setOpen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const items = people.value?.items ?? [];
  const chosen = items.find(({ login }) => login === open);
  return (
    <section class="card" aria-labelledby="people">
      <header class="card-head">
        <PageTitle sub={people.value ? t('peopleCount', { n: items.length }) : undefined}>
          <span id="people">{t('people')}</span>
        </PageTitle>
        <Button kind="main" onClick={() => setAdding(true)}>
          {t('personAdd')}
        </Button>
      </header>
      <Fault text={people.fault} />
      <ul class="person-rows">
        {items.map((person) => (
          <Row key={person.login} status={status} person={person} onOpen={() => setOpen(person.login)} />
        ))}
      </ul>
      {chosen && <PersonSheet key={chosen.login} person={chosen} onChanged={people.again} onClose={() => setOpen(null)} />}
      {adding && <AddPerson onAdded={people.again} onClose={() => setAdding(false)} />}
    </section>
  );
}
