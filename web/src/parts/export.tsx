// SPDX-License-Identifier: Apache-2.0
// A table that is shown, as CSV and as JSON: the same columns, the same rows.
import { save } from '../lib/save';
import { csv } from '../lib/table';
import { t } from '../lib/words';
import { Button } from './basic';

export type Cell = string | number | null;

export function Export({ name, columns, rows }: { name: string; columns: string[]; rows: Cell[][] }) {
  const none = rows.length === 0;
  const asCsv = () => csv([columns, ...rows.map((row) => row.map((cell) => cell ?? ''))]);
  const asJson = () => JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))), null, 1);
  return (
    <div class="act-row">
      <Button disabled={none} onClick={() => save(name, 'csv', asCsv())}>
        CSV
      </Button>
      <Button disabled={none} onClick={() => save(name, 'json', asJson())} aria-label={t('asJson')}>
        JSON
      </Button>
    </div>
  );
}
