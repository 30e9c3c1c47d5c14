// Asks the silo. Failures are errors whose message can be shown.

import { settings } from './settings.js';
import { t } from './words.js';

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The header that carries the reader's key, where there is one. */
export const auth = () => (settings.key ? { Authorization: `Bearer ${settings.key}` } : {});

async function send(method, path, body, signal) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...auth() },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault;
    throw new ApiError(t('unreachable'), 0);
  }
  if (response.status === 204) return null;
  const told = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(told?.detail ?? `${response.status} ${response.statusText}`, response.status);
  return told;
}

export const get = (path, signal) => send('GET', path, undefined, signal);
export const post = (path, body) => send('POST', path, body);
export const put = (path, body) => send('PUT', path, body);
export const remove = (path) => send('DELETE', path);

/** A query made of what is not empty. */
export function query(values) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') words.set(name, value);
  }
  return words.size === 0 ? '' : `?${words}`;
}

/** A path to a symbol's part of the API. */
export const ofSymbol = (symbol, rest = '') => `/api/symbols/${encodeURIComponent(symbol)}${rest}`;
