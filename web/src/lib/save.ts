// SPDX-License-Identifier: Apache-2.0
// What stands on the page, as a file.
const KINDS = { csv: 'text/csv;charset=utf-8', json: 'application/json' };

export function saveAs(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export function save(name: string, kind: keyof typeof KINDS, text: string): void {
  saveAs(`${name}.${kind}`, new Blob([text], { type: KINDS[kind] }));
}
