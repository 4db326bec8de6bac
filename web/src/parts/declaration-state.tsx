// SPDX-License-Identifier: Apache-2.0
import type { Declaration } from '../lib/declared';
import { t } from '../lib/words';
import { Icon, type IconName } from './icons';

const FACES: Record<Declaration['state'], [family: string, icon: IconName]> = {
  waiting: ['wait', 'pause'],
  received: ['run', 'check'],
  refused: ['lock', 'cross'],
  withdrawn: ['off', 'off'],
};

// What became of a declaration: icon, word, and why.
export function DeclarationState({ declaration }: { declaration: Declaration }) {
  const { state, good, scrap, reason } = declaration;
  const [family, icon] = FACES[state];
  return (
    <>
      <span class={`state ${family}`}>
        <Icon name={icon} />
        {t(`declaration_${state}`, { good, scrap })}
      </span>
      {reason && <span class="second">{reason}</span>}
    </>
  );
}
