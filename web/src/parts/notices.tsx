// SPDX-License-Identifier: Apache-2.0
// What somebody wants to be told while away, and by what way.
import { useState } from 'preact/hooks';
import { say, useAct } from '../lib/acts';
import { get, post, remove } from '../lib/api';
import { useForm, type Wrong } from '../lib/form';
import { ago } from '../lib/format';
import { live } from '../lib/live';
import { may, mayAnywhere } from '../lib/may';
import { siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import { sentence } from '../lib/said';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { type Key, t } from '../lib/words';
import { Button, Fault, Select, Sure } from './basic';
import { Field } from './field';

type Kind = 'needs' | 'down' | 'done';
type Channel = 'mail' | 'ntfy' | 'json';

interface Rule {
  id: number;
  kind: Kind;
  channel: Channel;
  address: string; // of a webhook only the host
  sites: string[]; // none: all that one may see
  delay_min: number;
  quiet: string;
  last_sent: string | null;
  last_error: string;
  waiting: number;
}

interface Rules {
  items: Rule[];
  mail: boolean; // the config names a mail server
}

const KINDS: Record<Kind, Key> = { needs: 'noticeNeeds', down: 'noticeDown', done: 'noticeDone' };
const CHANNELS: Record<Channel, Key> = { mail: 'noticeMail', ntfy: 'noticeNtfy', json: 'noticeJson' };
const ADDRESSES: Record<Channel, Key> = { mail: 'noticeMailAddress', ntfy: 'noticeNtfyAddress', json: 'noticeJsonAddress' };
const DELAYS: Record<Kind, string> = { needs: '10', down: '1', done: '0' };

function about(status: Status | null, rule: Rule): string {
  const places = rule.sites.map((site) => siteName(status, site)).join(', ') || t('allSites');
  const delay = rule.delay_min > 0 ? t('noticeAfter', { n: rule.delay_min }) : '';
  const quiet = rule.quiet ? t('noticeQuietShort', { hours: rule.quiet.replace('-', '–') }) : '';
  return [t(CHANNELS[rule.channel]), rule.address, places, delay, quiet].filter(Boolean).join(' · ');
}

function went(rule: Rule): string {
  if (rule.last_error) return t('noticeFailed', { why: sentence(rule.last_error) });
  return rule.last_sent ? t('noticeSent', { age: ago(rule.last_sent) }) : '';
}

function Row({ status, rule, onChanged }: { status: Status | null; rule: Rule; onChanged: () => void }) {
  const acting = useAct();
  const name = `${t(KINDS[rule.kind])}, ${rule.address}`;
  const test = () =>
    acting.run(async () => {
      await post(`/api/v1/me/notices/${rule.id}/test`, {});
      say(t('noticeTested'));
    }).then(onChanged);
  const drop = () =>
    acting.run(async () => {
      await remove(`/api/v1/me/notices/${rule.id}`);
      say(t('noticeRemoved'));
      onChanged();
    });
  return (
    <li>
      <span>
        <b>{t(KINDS[rule.kind])}</b>
        <span class="second">{about(status, rule)}</span>
        {went(rule) && <span class="second">{went(rule)}</span>}
        {rule.waiting > 0 && <span class="second">{t('noticeWaiting', { n: rule.waiting })}</span>}
        <Fault text={acting.fault} />
      </span>
      <Button disabled={acting.busy} aria-label={t('noticeTestOf', { name })} onClick={() => void test()}>
        {t('noticeTest')}
      </Button>
      <Sure label={t('noticeRemove')} sure={name} keep={t('keep')} disabled={acting.busy} onSure={() => void drop()} />
    </li>
  );
}

function addressFault(channel: Channel, address: string): Wrong | null {
  const good = channel === 'mail' ? /^[^@\s]+@[^@\s]+\.[^@\s]+$/ : /^https?:\/\/\S+$/;
  return good.test(address) ? null : { field: 'address', text: t(channel === 'mail' ? 'noticeMailBad' : 'noticeWebBad') };
}

const quietFault = (quiet: string): Wrong | null =>
  quiet === '' || /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(quiet) ? null : { field: 'quiet', text: t('noticeQuietBad') };

function Add({ status, mail, onAdded }: { status: Status | null; mail: boolean; onAdded: () => void }) {
  const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => kind !== 'needs' || mayAnywhere('operator'));
  const channels = (Object.keys(CHANNELS) as Channel[]).filter((channel) => channel !== 'mail' || mail);
  const [kind, setKind] = useState<Kind>(kinds[0] ?? 'down');
  const [channel, setChannel] = useState<Channel>(channels[0] ?? 'ntfy');
  const [address, setAddress] = useState('');
  const [token, setToken] = useState('');
  const [site, setSite] = useState('');
  const [delay, setDelay] = useState(DELAYS[kind]);
  const [quiet, setQuiet] = useState('');
  const form = useForm(['address', 'token', 'delay_min', 'quiet']);
  const sites = (status?.sites ?? []).filter(({ id }) => may(kind === 'needs' ? 'operator' : 'viewer', id));
  const choose = (next: Kind) => {
    setKind(next);
    setDelay(DELAYS[next]);
    setSite('');
  };
  const add = async (event: Event) => {
    event.preventDefault();
    const hours = quiet.replace(/\s/g, '').replace('–', '-');
    const minutes = Number(delay);
    const wrongDelay = Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440 ? null : { field: 'delay_min', text: t('noticeDelayBad') };
    if (!form.check(addressFault(channel, address.trim()) ?? wrongDelay ?? quietFault(hours))) return;
    const rule = {
      kind,
      channel,
      address: address.trim(),
      delay_min: minutes,
      quiet: hours,
      ...(site && { sites: [site] }),
      ...(channel !== 'mail' && token && { token }),
    };
    if (!(await form.send(() => post('/api/v1/me/notices', rule).then(() => undefined)))) return;
    setAddress('');
    setToken('');
    say(t('noticeAdded'));
    onAdded();
  };
  return (
    <form class="form" onSubmit={(event) => void add(event)} noValidate>
      <Select label={t('noticeKind')} value={kind} onChange={(value) => choose(value as Kind)} options={kinds.map((one) => [one, t(KINDS[one])])} />
      <Select label={t('noticeSite')} value={site} onChange={setSite} options={[['', t('allSites')], ...sites.map(({ id }): [string, string] => [id, siteName(status, id)])]} />
      <Select label={t('noticeChannel')} value={channel} onChange={(value) => setChannel(value as Channel)} options={channels.map((one) => [one, t(CHANNELS[one])])} />
      <Field form={form} name="address" label={t('noticeAddress')} help={t(ADDRESSES[channel])} value={address} onValue={setAddress} type={channel === 'mail' ? 'email' : 'url'} autocomplete={channel === 'mail' ? 'email' : 'off'} spellcheck={false} maxLength={500} />
      {channel !== 'mail' && <Field form={form} name="token" label={t('noticeToken')} help={t('noticeTokenHelp')} value={token} onValue={setToken} autocomplete="off" spellcheck={false} maxLength={190} />}
      {kind !== 'done' && <Field form={form} name="delay_min" label={t('noticeDelay')} value={delay} onValue={setDelay} inputMode="numeric" maxLength={4} />}
      <Field form={form} name="quiet" label={t('noticeQuiet')} help={t('noticeQuietHelp')} value={quiet} onValue={setQuiet} autocomplete="off" maxLength={13} />
      {form.wrong?.field === '' && <Fault text={form.wrong.text} />}
      <div class="act-row">
        <Button type="submit" disabled={form.busy || form.wait > 0}>
          {t('noticeAdd')}
        </Button>
      </div>
    </form>
  );
}

export function Notices() {
  const { status } = useStore(live);
  const rules = useAnswer(() => get<Rules>('/api/v1/me/notices'));
  return (
    <section class="card padded form" aria-labelledby="notices">
      <h2 id="notices">{t('notices')}</h2>
      <p class="second">{t('noticesHelp')}</p>
      <Fault text={rules.fault} />
      {rules.value?.items.length === 0 && <p>{t('noticesNone')}</p>}
      <ul class="plain-rows">
        {rules.value?.items.map((rule) => (
          <Row key={rule.id} status={status} rule={rule} onChanged={rules.again} />
        ))}
      </ul>
      {rules.value && !rules.value.mail && <p class="second">{t('noticesNoMail')}</p>}
      {rules.value && <Add status={status} mail={rules.value.mail} onAdded={rules.again} />}
    </section>
  );
}
