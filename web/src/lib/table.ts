// SPDX-License-Identifier: Apache-2.0
// Sums over throughput rows: what the production page shows is what its CSV holds.
import type { ThroughputRow } from './types';

export interface Made {
  good: number;
  scrap: number;
}

export const none = (): Made => ({ good: 0, scrap: 0 });

export interface Table {
  days: string[];
  columns: string[]; // sites or machines
  cell: (day: string, column: string) => Made;
  ofDay: (day: string) => Made;
  ofColumn: (column: string) => Made;
  all: Made;
}

export function sum(rows: Pick<ThroughputRow, 'good' | 'scrap'>[]): Made {
  return rows.reduce((made, row) => ({ good: made.good + row.good, scrap: made.scrap + row.scrap }), none());
}

export function table(rows: ThroughputRow[], by: 'site' | 'machine', order: string[]): Table {
  const made = rows.filter((row) => row.good || row.scrap);
  const days = [...new Set(made.map((row) => row.day))].sort().reverse();
  const names = new Set(made.map((row) => row[by]));
  const columns = [...order.filter((name) => names.has(name)), ...[...names].filter((name) => !order.includes(name)).sort()];
  return {
    days,
    columns,
    cell: (day, column) => sum(made.filter((row) => row.day === day && row[by] === column)),
    ofDay: (day) => sum(made.filter((row) => row.day === day)),
    ofColumn: (column) => sum(made.filter((row) => row[by] === column)),
    all: sum(made),
  };
}

// A cell a spreadsheet would take for a formula is text there too.
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export const csv = (rows: (string | number)[][]) => rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';

// Exactly the table: a row a day, good and scrap of each column, totals last.
export function tableCsv(shown: Table): string {
  const head = ['day', ...shown.columns.flatMap((name) => [`${name} good`, `${name} scrap`]), 'total good', 'total scrap'];
  const line = (name: string, of: (column: string) => Made, all: Made) => [name, ...shown.columns.flatMap((column) => [of(column).good, of(column).scrap]), all.good, all.scrap];
  return csv([head, ...shown.days.map((day) => line(day, (column) => shown.cell(day, column), shown.ofDay(day))), line('total', shown.ofColumn, shown.all)]);
}
