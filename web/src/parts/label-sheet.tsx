// SPDX-License-Identifier: Apache-2.0
// Labels as a PDF: on what paper, how many, from which place on.
import { useState } from 'preact/hooks';
import { query } from '../lib/api';
import { isCount, useForm } from '../lib/form';
import { FORMATS, isOrigin, lastFormat, onlyHere, originOf, pagesAt, savePdf } from '../lib/label';
import { useStore } from '../lib/store';
import { language, t } from '../lib/words';
import { Button, Fault, Select, Sheet } from './basic';
import { Field } from './field';
import { Icon } from './icons';

export function LabelAddress({ said }: { said: string }) {
  const base = originOf(said);
  return (
    <label class="field">
      <span>{t('labelAddress')}</span>
      <span class="second">{t('labelAddressHelp')}</span>
      <input type="url" class="mono" value={said} placeholder={location.origin} aria-invalid={!isOrigin(base)} onInput={(event) => pagesAt.set(event.currentTarget.value.trim())} />
      {!isOrigin(base) && <Fault text={t('labelAddressFault')} />}
      {isOrigin(base) && onlyHere(base) && (
        <span class="second warned">
          <Icon name="warn" /> {t('labelOnlyHere')}
        </span>
      )}
    </label>
  );
}

// about: members of the call that say whose labels; parcels: there may be one for each parcel of it.
export function LabelSheet({ title, path, name, about = {}, parcels, onClose }: {
  title: string;
  path: string;
  name: string;
  about?: Record<string, string>;
  parcels?: boolean;
  onClose: () => void;
}) {
  const said = useStore(pagesAt);
  const format = useStore(lastFormat);
  const [typed, setTyped] = useState({ quantity: '', copies: '', start: '' });
  const [tongue, setTongue] = useState<string>(language.get());
  const form = useForm(['quantity', 'copies', 'start']);
  const places = FORMATS.find(([id]) => id === format)?.[2] ?? 1;
  const fault = Object.entries(typed).find(([, value]) => value.trim() !== '' && !isCount(value));
  const save = async (event: Event) => {
    event.preventDefault();
    if (!form.check(fault ? { field: fault[0], text: t('quantityFault') } : null) || !isOrigin(originOf(said))) return;
    const { start, ...counts } = typed;
    const call = query({ format, language: tongue, base: originOf(said), ...about, ...counts, start: places > 1 ? start : '' });
    if (await form.send(() => savePdf(`${path}${call}`, name))) onClose();
  };
  const count = (field: keyof typeof typed, help?: string) => (
    <Field form={form} name={field} label={t(`labels_${field}`)} help={help} value={typed[field]} onValue={(value) => setTyped({ ...typed, [field]: value })} inputMode="numeric" autocomplete="off" maxLength={7} />
  );
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <Select label={t('labelsPaper')} value={format} onChange={(value) => lastFormat.set(value)} options={FORMATS.map(([id, words]) => [id, t(words)])} />
        {parcels && count('quantity', t('labelsQuantityHelp'))}
        {count('copies', t(parcels ? 'labelsParcels' : 'labelsEach'))}
        {places > 1 && count('start', t('labelsStartHelp', { n: places }))}
        <Select label={t('labelsLanguage')} value={tongue} onChange={setTongue} options={[['fr', 'Français'], ['en', 'English']]} />
        <LabelAddress said={said} />
        {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
        <p class="second">{t('labelsScale')}</p>
        <Button kind="main" type="submit" disabled={form.busy}>
          {t('labelsSave')}
        </Button>
      </form>
    </Sheet>
  );
}
