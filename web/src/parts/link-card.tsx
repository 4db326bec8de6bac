// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { t } from '../lib/words';
import { Copyable } from './field';
import { Qr } from './qr';

export interface Link {
  path: string;
  link: string;
  expires: string;
}

// The daemon names itself where its config knows a name; else this page's address is as good.
const whole = (link: Link) => (/^https?:\/\//.test(link.link) ? link.link : location.origin + link.path);

// A one-time link: to copy, and to scan.
export function LinkCard({ title, link, hint, children }: { title: string; link: Link; hint: string; children: ComponentChildren }) {
  return (
    <div class="link-card" role="status">
      <Qr text={whole(link)} label={t('linkQr')} />
      <div class="form">
        <Copyable label={title} text={whole(link)} />
        <p>{hint}</p>
        {children}
      </div>
    </div>
  );
}
