// SPDX-License-Identifier: Apache-2.0
import type { Report } from './types';

// What the daemon answered when it said no, or that it did not answer (status 0).
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field?: string,
    readonly report?: Report,
  ) {
    super(message);
  }
}

interface Fault {
  error?: { code?: string; message?: string; field?: string };
  report?: Report;
}

function refusal(status: number, body: unknown): Refusal {
  const fault = (body ?? {}) as Fault;
  return new Refusal(status, fault.error?.message ?? `HTTP ${status}`, fault.error?.field, fault.report);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Loopback pages may lack crypto.randomUUID on plain http beyond localhost.
export function key(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'POST') headers['Idempotency-Key'] = key();
  let answer: Response;
  try {
    answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
  } catch {
    throw new Refusal(0, '');
  }
  const read = parse(await answer.text());
  if (!answer.ok) throw refusal(answer.status, read);
  return read as T;
}

export const get = <T>(path: string) => ask<T>('GET', path);
export const post = <T>(path: string, body: object = {}) => ask<T>('POST', path, body);
export const patch = <T>(path: string, body: object) => ask<T>('PATCH', path, body);
export const remove = <T>(path: string) => ask<T>('DELETE', path);

export const machinePath = (id: string, word?: string) =>
  `/api/v1/machines/${encodeURIComponent(id)}${word ? `/${word}` : ''}`;

export function query(values: Record<string, string | number | undefined>): string {
  const parts = new URLSearchParams();
  Object.entries(values).forEach(([name, value]) => {
    if (value !== undefined && value !== '') parts.append(name, String(value));
  });
  const text = parts.toString();
  return text ? `?${text}` : '';
}

// fetch cannot say how many bytes have gone out; XMLHttpRequest can.
export function upload<T>(path: string, file: Blob, sent: (bytes: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.upload.onprogress = (event) => sent(event.loaded);
    request.onerror = () => reject(new Refusal(0, ''));
    request.onload = () => {
      const read = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(read as T);
      else reject(refusal(request.status, read));
    };
    request.send(file);
  });
}
