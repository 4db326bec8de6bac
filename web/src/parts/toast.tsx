// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'preact/hooks';
import { toast, useAct } from '../lib/acts';
import { useStore } from '../lib/store';
import { Button, Fault } from './basic';

// What just happened, with the way back while there is one. It stays while looked at.
export function Toasts() {
  const shown = useStore(toast);
  const acting = useAct();
  const [stay, setStay] = useState(false);
  const [, again] = useState(0);

  useEffect(() => {
    acting.clear();
    if (!shown) return undefined;
    const timer = window.setInterval(() => {
      if (Date.now() < shown.until || stay) again((n) => n + 1);
      else toast.set(null);
    }, 500);
    return () => window.clearInterval(timer);
  }, [shown?.id, stay]);

  if (!shown) return null;
  const left = Math.max(0, Math.ceil((shown.until - Date.now()) / 1000));
  const act = shown.act;
  return (
    <div class="toast" onMouseEnter={() => setStay(true)} onMouseLeave={() => setStay(false)} onFocusIn={() => setStay(true)} onFocusOut={() => setStay(false)}>
      <div>
        <p role="status">{shown.text}</p>
        {shown.counting && left > 0 && <p class="second">{shown.counting(left)}</p>}
        <Fault text={acting.fault} />
      </div>
      {act && left > 0 && (
        <Button disabled={acting.busy} onClick={() => void acting.run(act.run)}>
          {act.label}
        </Button>
      )}
    </div>
  );
}
