// SPDX-License-Identifier: Apache-2.0
// What stands on the page, as a file.
const KINDS = { csv: 'text/csv;charset=utf-8', json: 'application/json' };

export function save(name: string, kind: keyof typeof KINDS, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: KINDS[kind] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.${kind}`;
  link.click();
  URL.revokeObjectURL(url);
}
