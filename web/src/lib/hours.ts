// SPDX-License-Identifier: Apache-2.0
// Opening hours as the config writes them ("Mo-Fr 08:00-18:00; Sa off", "24/7"): only what a page needs, today's spans.
export type Span = [from: number, to: number]; // minutes of the day

const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
const ALL_DAY: Span[] = [[0, 1440]];

function onDay(days: string, weekday: number): boolean {
  return days.split(',').some((range) => {
    const [first, last = first] = range.trim().split('-').map((name) => DAYS.indexOf(name.trim()));
    if (first === undefined || last === undefined || first < 0 || last < 0) return false;
    return first <= last ? weekday >= first && weekday <= last : weekday >= first || weekday <= last;
  });
}

function spans(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(/(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})/g)) {
    const [h1, m1, h2, m2] = match.slice(1).map(Number) as [number, number, number, number];
    found.push([h1 * 60 + m1, h2 * 60 + m2]);
  }
  return found;
}

// The spans of that weekday (0 is Sunday), by time; [] when closed all day.
export function hoursOn(hours: string, weekday: number): Span[] {
  if (hours.trim() === '' || hours.trim() === '24/7') return ALL_DAY;
  let found: Span[] = [];
  for (const rule of hours.split(';')) {
    const match = /^\s*((?:[A-Z][a-z][-,\s]*)*)\s*(.*)$/.exec(rule);
    const days = match?.[1]?.trim().replace(/[,\s]+$/, '') ?? '';
    if (days !== '' && !onDay(days, weekday)) continue;
    found = spans(match?.[2] ?? '');
  }
  return found.sort((a, b) => a[0] - b[0]);
}
