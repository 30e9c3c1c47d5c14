// Pieces that several views show.

import { ApiError, post } from './api.js';
import { fill, h } from './dom.js';
import * as f from './format.js';
import { t } from './words.js';

/** A part of a view with a heading. */
export function panel(id, title, ...children) {
  return h('section', { class: 'panel', 'aria-labelledby': id }, h('div', { class: 'head' }, h('h2', { id }, title)), children);
}

export const empty = (text) => h('p', { class: 'empty' }, text ?? t('nothing'));

/** Loads into a place; a failure is told there, with a way to try again. */
export async function load(place, work) {
  try {
    await work();
    place.setAttribute('aria-busy', 'false');
  } catch (fault) {
    if (fault.name === 'AbortError') return;
    if (!(fault instanceof ApiError)) console.error(fault);
    fill(place, h('div', { class: 'fault', role: 'alert' },
      h('p', {}, `${t('failed')}: ${fault.message}`),
      h('button', { type: 'button', onclick: () => load(place, work) }, t('again'))));
  }
}

/** A table that scrolls by itself where it is too wide. Columns: [word, class]. */
export function table(caption, columns, rows) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {},
      h('caption', { class: 'quiet' }, caption),
      h('thead', {}, h('tr', {}, columns.map(([word, kind]) => h('th', { scope: 'col', class: kind }, word)))),
      h('tbody', {}, rows)));
}

export const cell = (text, kind) => h('td', { class: kind }, text);

/** What changed, by colour, sign and arrow. */
export function changed(percent) {
  const way = f.direction(percent);
  return h('span', { class: `change ${way}` }, h('span', { 'aria-hidden': 'true' }, way === 'up' ? '▲ ' : way === 'down' ? '▼ ' : ''), f.change(percent));
}

export const gained = (share) => h('span', { class: f.direction(share) }, f.gain(share));

export const badge = (word, kind) => h('span', { class: `badge ${kind ?? word}` }, t(word));

export const toSymbol = (symbol, text) => h('a', { href: `#/symbol/${encodeURIComponent(symbol)}` }, text ?? symbol);

/** One signal of a feed. */
export function signalItem(signal, { isNew = false, withSymbol = true } = {}) {
  const way = signal.direction === 'BUY' ? 'up' : 'down';
  return h('li', { class: `signal ${signal.priority.toLowerCase()}${isNew ? ' new' : ''}${signal.supersededAt ? ' gone' : ''}`, 'data-id': signal.id },
    h('span', { class: `way ${way}` }, h('span', { 'aria-hidden': 'true' }, way === 'up' ? '▲' : '▼'), ' ', t(signal.direction.toLowerCase())),
    h('span', { class: 'what' },
      withSymbol ? [toSymbol(signal.symbol), ' '] : null,
      h('b', {}, signal.strategy), ' ', h('span', { class: 'dim' }, signal.interval)),
    h('span', { class: 'when dim' }, f.candleTime(signal.time, signal.interval)),
    h('span', { class: 'why' }, signal.reason),
    h('span', { class: 'trust dim' }, `${t('confidence')} ${signal.confidence} · ${f.price(signal.close)}`));
}

/** Does something that needs a key; asks for one where it is missing. */
export async function withKey(context, work) {
  try {
    return await work();
  } catch (fault) {
    if (fault.status !== 401 && fault.status !== 403) throw fault;
    if (!(await context.toKey(t('keyMissing')))) throw fault;
    return work();
  }
}

/** The jobs as a table whose rows change while they run. */
export function jobTable(context, jobs, { withTimes = false } = {}) {
  const rows = new Map();
  const body = jobs.map((job) => row(job));
  const columns = [[t('name')], [t('status')], [t('schedule'), 'wide'], [t('lastRun')], [t('nextRun')], [t('result'), 'wide'],
    ...(withTimes ? [[t('runs'), 'num'], [t('shortest'), 'num'], [t('average_ms'), 'num'], [t('longest'), 'num']] : []), ['', 'act']];
  const element = table(t('jobs'), columns, body);

  function row(job) {
    const element = h('tr', { 'data-job': job.name });
    rows.set(job.name, element);
    return draw(element, job);
  }

  function draw(element, job) {
    const isRunning = job.state === 'running';
    const progress = isRunning && job.progress ? h('progress', { max: job.progress.total, value: job.progress.done, 'aria-label': `${job.name}: ${job.progress.word}` }) : null;
    const button = h('button', { type: 'button', disabled: isRunning, 'aria-label': `${t('run')}: ${job.name}`, onclick: () => start(job.name, button) }, t('run'));
    // Of jobs with a schedule, which the silo's settings did not switch off.
    const turn = job.state === 'paused' ? 'resume' : 'pause';
    const pause = withTimes && job.schedule !== 'manual' && job.enabled
      ? h('button', { type: 'button', 'aria-label': `${t(turn)}: ${job.name}`, onclick: () => pausedOrNot(element, job.name, turn) }, t(turn)) : null;
    return fill(element,
      h('th', { scope: 'row' }, job.name),
      cell([badge(job.state), progress], 'state'),
      cell(job.schedule === 'manual' ? t('byHand') : job.schedule, 'wide dim'),
      cell(h('span', { title: f.moment(job.lastRun) }, f.ago(job.lastRun)), 'brief'),
      cell(h('span', { title: f.moment(job.nextRun) }, f.ago(job.nextRun)), 'brief'),
      cell(job.lastError ? h('span', { class: 'warn' }, job.lastError) : job.lastSummary ?? '–', 'wide'),
      withTimes ? [cell(f.count(job.runs), 'num'), ...[job.minMs, job.averageMs, job.maxMs].map((ms) => cell(job.runs ? f.duration(ms) : '–', 'num'))] : [],
      cell([button, ' ', pause], 'act'));
  }

  async function pausedOrNot(element, name, turn) {
    try {
      draw(element, await withKey(context, () => post(`/api/jobs/${encodeURIComponent(name)}/${turn}`)));
      context.say(`${name}: ${t(turn === 'pause' ? 'paused' : 'resumed')}`);
      element.querySelector('.act button:last-of-type').focus();
    } catch (fault) {
      context.say(`${name}: ${fault.message}`);
      element.querySelector('.act').append(h('p', { class: 'warn', role: 'alert' }, fault.message));
    }
  }

  async function start(name, button) {
    button.disabled = true;
    try {
      await withKey(context, () => post(`/api/jobs/${encodeURIComponent(name)}/run`));
      context.say(`${name}: ${t('started')}`);
    } catch (fault) {
      context.say(`${name}: ${fault.message}`);
      button.title = fault.message;
      button.after(h('p', { class: 'warn', role: 'alert' }, fault.message));
      button.disabled = false;
    }
  }

  return {
    element,
    changed(job) {
      const known = rows.get(job.name);
      if (known) draw(known, job);
      else element.querySelector('tbody').append(row(job));
    },
  };
}
