// SPDX-License-Identifier: Apache-2.0
// The story of a lot, which the QR code on its label opens: what it is, where it is, who was given some, how it came to be.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { itemName } from '../lib/goods';
import { day, number, when } from '../lib/format';
import { changes, live } from '../lib/live';
import { type Chapter, CHAPTERS, heldBy, type Lot, type LotRow, lotPath, readLot, subjectOf } from '../lib/lot';
import { may } from '../lib/may';
import { machineName, siteName } from '../lib/names';
import { useAnswer } from '../lib/read';
import { handReason, stepCalled } from '../lib/steps';
import { useStore } from '../lib/store';
import type { Status } from '../lib/types';
import { t } from '../lib/words';
import { Button, Fault, Link } from '../parts/basic';
import { BlockedStrip } from '../parts/blocked';
import { ItemCount } from '../parts/item-count';
import { LabelSheet } from '../parts/label-sheet';
import { LotWord } from '../parts/lot-word';
import { Icon } from '../parts/icons';
import { PageTitle } from '../parts/shell';
import { Waitless } from './today';

function LotLink({ lot, here }: { lot: string | undefined; here: string }) {
  if (!lot) return null;
  return lot === here ? <code>{lot}</code> : <Link to={lotPath(lot)}><code>{lot}</code></Link>;
}

function MachineLink({ status, row }: { status: Status; row: LotRow }) {
  if (!row.machine) return null;
  return <Link to={`/machines/${encodeURIComponent(row.machine)}`}>{machineName(status, { id: row.machine, site: row.site })}</Link>;
}

const WORDS: Chapter[] = ['blocks', 'releases']; // of these reason is what matters, and no part is named

// What a row says beside how many of what.
function details(status: Status, chapter: Chapter, row: LotRow, here: string): ComponentChildren[] {
  const place = siteName(status, row.site);
  const made = chapter === 'made';
  return [
    chapter === 'shipped' && <b>{row.reason}</b>,
    chapter === 'steps' && <b>{stepCalled(status, row.item, row.step ?? '')}</b>,
    WORDS.includes(chapter) && <b>{row.reason}</b>,
    made ? <MachineLink status={status} row={row} /> : row.site && place,
    row.maker && <b>{t('lotMaker', { name: row.maker, n: row.declaration ?? 0 })}</b>,
    made && t('lotRun', { n: row.run ?? 0 }),
    made && row.program_name && <>{row.program_name} <code>{row.program?.slice(0, 8)}</code></>,
    made && row.material_lot && <>{t('lotMaterial')} <LotLink lot={row.material_lot} here={here} /></>,
    (row.lot !== here || chapter === 'from') && <>{t('lot')} <LotLink lot={row.lot} here={here} /></>,
    (chapter === 'into' || (chapter === 'from' && row.kit_lot !== here)) && <>{t('lotIn')} <LotLink lot={row.kit_lot} here={here} /></>,
    !['shipped', ...WORDS].includes(chapter) && row.reason && handReason(row.reason),
    row.at && when(row.at),
    row.by,
  ].filter(Boolean);
}

function BlockedMark() {
  return (
    <span class="state wait">
      <Icon name="lock" /> {t('lotHeldMark')}
    </span>
  );
}

function Rows({ status, chapter, lot, here }: { status: Status; chapter: Chapter; lot: Lot; here: string }) {
  const rows = lot[chapter] ?? [];
  const blocked = new Set((lot.blocked ?? []).map((block) => block.lot));
  return (
    <ul class="lot-rows">
      {rows.map((row, i) => (
        <li key={i}>
          <p>
            {row.item ? (
              <ItemCount status={status} item={row.item} count={row.quantity} />
            ) : (
              <>
                <b class="num">{number(row.quantity)}</b> {t('lotWordPieces')}
              </>
            )}
            {blocked.has(row.lot) && chapter === 'stock' && <BlockedMark />}
          </p>
          <p class="second lot-details">
            {details(status, chapter, row, here).map((detail, k) => (
              <span key={k}>{detail}</span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}

// In stock and given away are always said: a recall asks for them.
const ALWAYS: Chapter[] = ['stock', 'shipped'];

function Story({ status, lot, here }: { status: Status; lot: Lot; here: string }) {
  const shown = CHAPTERS.filter((chapter) => (lot[chapter] ?? []).length > 0 || ALWAYS.includes(chapter));
  return (
    <div class="lot-chapters">
      {shown.map((chapter) => (
        <section key={chapter} class="card lot-chapter" aria-labelledby={`lot-${chapter}`}>
          <h2 id={`lot-${chapter}`}>{t(`lot_${chapter}`)}</h2>
          {(lot[chapter] ?? []).length === 0 ? <p class="empty">{t(chapter === 'stock' ? 'lotNoneHere' : 'lotNoneLeft')}</p> : <Rows status={status} chapter={chapter} lot={lot} here={here} />}
        </section>
      ))}
    </div>
  );
}

function sentenceOf(status: Status, lot: Lot, id: string): string {
  const subject = subjectOf(lot, id);
  if (!subject) return t('lotLoaded');
  const values = { n: number(subject.quantity), item: itemName(status, subject.row.item), site: siteName(status, subject.row.site), day: subject.row.at ? day(subject.row.at) : '' };
  return t(`lotWas_${subject.kind}`, values);
}

export function LotPage({ id }: { id: string }) {
  const { status } = useStore(live);
  const story = useAnswer(() => readLot(id), `${id} ${useStore(changes)}`);
  const [labels, setLabels] = useState(false);
  const [word, setWord] = useState<'block' | 'release' | null>(null);
  if (!status || (!story.value && !story.fault)) return <Waitless />;
  const title = t('lotTitle', { lot: id });
  const known = story.fault ? null : story.value;
  const block = known?.blocked?.find((one) => one.lot === id);
  return (
    <div class="lot-page">
      <section class="card padded lot-head">
        <PageTitle sub={known ? sentenceOf(status, known, id) : undefined}>{title}</PageTitle>
        <Fault text={story.fault} />
        {block && <BlockedStrip block={block} />}
        <div class="act-row">
          {known && subjectOf(known, id) && (
            <Button kind="main" onClick={() => setLabels(true)}>
              {t('labels')}
            </Button>
          )}
          {known && may('coordinator') && (!block || heldBy(known, id, false).kits.length > 0) && <Button onClick={() => setWord('block')}>{t('lotBlock')}</Button>}
          {known && may('coordinator') && (known.blocked ?? []).length > 0 && <Button onClick={() => setWord('release')}>{t('lotRelease')}</Button>}
          <Link class="button plain" to="/stock">
            {t('stock')}
          </Link>
        </div>
      </section>
      {known && <Story status={status} lot={known} here={id} />}
      {known && word && <LotWord status={status} lot={known} name={id} release={word === 'release'} onClose={() => setWord(null)} />}
      {labels && <LabelSheet title={t('labels')} path={`/api/v1${lotPath(id)}/label`} name={id.replace(/[^\w.-]+/g, '_')} parcels onClose={() => setLabels(false)} />}
    </div>
  );
}
