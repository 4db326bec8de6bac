// SPDX-License-Identifier: Apache-2.0
// The fields that a person has changed, and no others: what somebody else changes meanwhile stays as it is.
export function touched<T extends object>(before: T, typed: T): Partial<T> {
  const names = (Object.keys(typed) as (keyof T)[]).filter((name) => JSON.stringify(typed[name]) !== JSON.stringify(before[name]));
  return Object.fromEntries(names.map((name) => [name, typed[name]])) as Partial<T>;
}
