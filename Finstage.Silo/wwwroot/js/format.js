// How figures and times are written.

import { settings } from './settings.js';
import { t } from './words.js';

const cache = new Map();

function number(digits) {
  const key = `${settings.lang}${digits}`;
  if (!cache.has(key)) {
    cache.set(key, new Intl.NumberFormat(settings.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  return cache.get(key);
}

const none = '–';
const isNone = (value) => value === null || value === undefined || Number.isNaN(value);

export const count = (value) => (isNone(value) ? none : number(0).format(value));

export const fixed = (value, digits = 2) => (isNone(value) ? none : number(digits).format(value));

export function price(value) {
  if (isNone(value)) return none;
  const size = Math.abs(value);
  return number(size !== 0 && size < 1 ? 4 : 2).format(value);
}

/** A change that is already in percent, with its sign. */
export function change(percent, digits = 2) {
  if (isNone(percent)) return none;
  const text = number(digits).format(Math.abs(percent));
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${text} %`;
}

/** A share as a percentage. */
export const percent = (share, digits = 1) => (isNone(share) ? none : `${number(digits).format(100 * share)} %`);

/** A probability of chance; what is too small for its digits is said to be below them. */
export const chance = (p, digits = 4) => (!isNone(p) && p < 10 ** -digits / 2 ? `< ${number(digits).format(10 ** -digits)}` : fixed(p, digits));

/** A return as a percentage, with its sign. */
export const gain = (share, digits = 2) => (isNone(share) ? none : change(100 * share, digits));

export const direction = (value) => (value > 0 ? 'up' : value < 0 ? 'down' : 'flat');

/** The time of a candle: its date for days and more, else date and time. */
export function candleTime(iso, interval) {
  if (!iso) return none;
  return /^1(d|w|mo)$/.test(interval) ? iso.slice(0, 10) : moment(iso);
}

export function moment(iso) {
  if (!iso) return none;
  const key = `m${settings.lang}`;
  if (!cache.has(key)) {
    cache.set(key, new Intl.DateTimeFormat(settings.lang === 'ko' ? 'ko' : 'en-GB', {
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
    }));
  }
  return cache.get(key).format(new Date(iso));
}

/** How long ago or ahead, in a few words. */
export function ago(iso, now = Date.now()) {
  if (!iso) return none;
  const seconds = (Date.parse(iso) - now) / 1000;
  const [unit, size] = [['day', 86_400], ['hour', 3_600], ['minute', 60]].find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
  const key = `r${settings.lang}`;
  if (!cache.has(key)) cache.set(key, new Intl.RelativeTimeFormat(settings.lang, { numeric: 'auto', style: 'short' }));
  return unit === 'second' ? (seconds > 0 ? t('soon') : t('justNow')) : cache.get(key).format(Math.round(seconds / size), unit);
}

export function duration(milliseconds) {
  if (isNone(milliseconds)) return none;
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : milliseconds < 60_000 ? `${fixed(milliseconds / 1_000, 1)} s` : `${fixed(milliseconds / 60_000, 1)} min`;
}

export function span(seconds) {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const parts = days > 0 ? [[days, 'unitDay'], [hours, 'unitHour']] : hours > 0 ? [[hours, 'unitHour'], [minutes, 'unitMinute']] : [[minutes, 'unitMinute'], [Math.floor(seconds % 60), 'unitSecond']];
  return parts.map(([value, unit]) => `${value}${t(unit)}`).join(' ');
}

export const bytes = (value) => `${fixed(value / 1_048_576, 0)} MB`;
