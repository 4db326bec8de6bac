// SPDX-License-Identifier: Apache-2.0
// What is loaded on a machine, as the person who has just loaded it says: the dispatcher goes by it.
import { useState } from 'preact/hooks';
import { say } from '../lib/acts';
import { machinePath, post } from '../lib/api';
import { useForm } from '../lib/form';
import { live, refresh } from '../lib/live';
import { machineName } from '../lib/names';
import type { Machine } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Sheet } from './basic';
import { Field } from './field';

export function LoadForm({ machine, onDone }: { machine: Machine; onDone: () => void }) {
  const [material, setMaterial] = useState(machine.material_wanted || machine.material);
  const [lot, setLot] = useState('');
  const form = useForm(['material', 'lot']);
  const loaded = async () => {
    await post(machinePath(machine.id, 'load'), { material: material.trim(), lot: lot.trim() });
    say(t('loadedNow', { machine: machineName(live.get().status, machine), material: material.trim() }));
    await refresh();
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!form.check(material.trim() ? null : { field: 'material', text: t('materialFault') })) return;
    if (await form.send(loaded)) onDone();
  };
  return (
    <form class="form load" onSubmit={(event) => void send(event)} noValidate>
      {machine.material_wanted && (
        <p class="note wait">
          {machine.material ? t('loadInstead', { want: machine.material_wanted, have: machine.material }) : t('loadThis', { material: machine.material_wanted })}
        </p>
      )}
      <Field form={form} name="material" label={t('materialLoaded')} value={material} onValue={setMaterial} maxLength={31} autocomplete="off" spellcheck={false} />
      <Field form={form} name="lot" label={t('spoolLot')} help={t('spoolLotHelp')} value={lot} onValue={setLot} maxLength={60} autocomplete="off" spellcheck={false} />
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <Button kind="main" type="submit" icon="spool" disabled={form.busy}>
        {t('isLoaded', { material: material.trim() })}
      </Button>
    </form>
  );
}

export function LoadSheet({ machine, onClose }: { machine: Machine; onClose: () => void }) {
  return (
    <Sheet title={t('loadTitle', { machine: machineName(live.get().status, machine) })} onClose={onClose}>
      <LoadForm machine={machine} onDone={onClose} />
    </Sheet>
  );
}
