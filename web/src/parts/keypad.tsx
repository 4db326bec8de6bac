// SPDX-License-Identifier: Apache-2.0
// Who stands at a workshop's tablet: a name by one tap, then the code on keys for gloves.
import { useEffect, useState } from 'preact/hooks';
import { words } from '../lib/acts';
import { get } from '../lib/api';
import { useForm } from '../lib/form';
import { givePin } from '../lib/me';
import { t } from '../lib/words';
import { Button, Fault } from './basic';
import { LoginForm } from './login-form';

interface Somebody {
  login: string;
  name: string;
}

const MOST = 8;
const LEAST = 4;

// Real keys count as well: some tablets stand in a dock.
function useDigits(onDigit: (digit: string) => void, onErase: () => void, onGive: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) onDigit(event.key);
      else if (event.key === 'Backspace') onErase();
      else if (event.key === 'Enter' && !(event.target as Element).closest('button')) onGive();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

export function Keypad({ name, onPin }: { name: string; onPin: (pin: string) => Promise<void> }) {
  const [pin, setPin] = useState('');
  const form = useForm([]);
  const add = (digit: string) => setPin((now) => (now.length < MOST ? now + digit : now));
  const erase = () => setPin((now) => now.slice(0, -1));
  const give = () => {
    if (pin.length < LEAST || form.busy || form.wait) return;
    void form.send(() => onPin(pin)).then(() => setPin(''));
  };
  useDigits(add, erase, give);
  return (
    <div class="keypad" role="group" aria-label={t('pinOf', { name })}>
      <p class="pin-dots" role="status" aria-label={t('pinDigits', { n: pin.length })}>
        {Array.from({ length: Math.max(LEAST, pin.length) }, (_, i) => (
          <i key={i} class={i < pin.length ? 'given' : ''} />
        ))}
      </p>
      <Fault text={form.wrong?.text ?? ''} />
      <div class="keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => (
          <button key={digit} type="button" onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="word" onClick={erase}>
          {t('pinErase')}
        </button>
        <button type="button" onClick={() => add('0')}>
          0
        </button>
        <button type="button" class="word main" disabled={pin.length < LEAST || form.busy || form.wait > 0} onClick={give}>
          {t('pinGive')}
        </button>
      </div>
    </div>
  );
}

// The people of this tablet's site who have a code.
export function WhoIsIt({ onDone }: { onDone: () => void }) {
  const [people, setPeople] = useState<Somebody[] | null>(null);
  const [chosen, setChosen] = useState<Somebody | null>(null);
  const [typing, setTyping] = useState(false);
  const [fault, setFault] = useState('');
  useEffect(() => {
    get<{ items: Somebody[] }>('/api/v1/tablets/people').then(
      (list) => setPeople(list.items),
      (caught) => setFault(words(caught)),
    );
  }, []);
  if (typing) return <LoginForm onDone={onDone} />;
  if (chosen)
    return (
      <>
        <p class="chosen-name">{chosen.name}</p>
        <Keypad name={chosen.name} onPin={(pin) => givePin(chosen.login, pin).then(onDone)} />
        <Button kind="quiet" onClick={() => setChosen(null)}>
          {t('otherPerson')}
        </Button>
      </>
    );
  return (
    <>
      <Fault text={fault} />
      {people?.length === 0 && <p>{t('whoNobody')}</p>}
      <ul class="who-list">
        {people?.map((person) => (
          <li key={person.login}>
            <button type="button" onClick={() => setChosen(person)}>
              {person.name}
            </button>
          </li>
        ))}
      </ul>
      <Button kind="quiet" onClick={() => setTyping(true)}>
        {t('byPassword')}
      </Button>
    </>
  );
}
