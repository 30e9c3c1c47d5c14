// The silo itself: its parts, its process, its feeds, its grains with their mailboxes and turns, its jobs with their durations.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { badge, cell, empty, jobTable, load, panel, table } from '../parts.js';
import { t } from '../words.js';

// Orleans keeps its mailboxes to itself: there they are not counted.
const grainTable = (kinds) => table(t('grains'),
  [[t('kind')], [t('living'), 'num'], [t('queued'), 'num'], [t('longestQueue'), 'num'], [t('turns'), 'num'], [t('faults'), 'num'], [t('average_ms'), 'num'], ['p99', 'num']],
  kinds.map((k) => h('tr', { 'data-kind': k.kind }, h('th', { scope: 'row' }, k.kind), ...[k.living, k.waiting, k.longestQueue, k.turns].map((n) => cell(f.count(n), 'num')),
    cell(f.count(k.failed), k.failed > 0 ? 'num warn' : 'num'), ...[k.averageMs, k.p99Ms].map((ms) => cell(k.turns ? f.fixed(ms, 1) : '–', 'num')))));

const timingTable = (operations) => (operations.length === 0 ? empty() : table(t('timingsHead'),
  [[t('operation')], [t('subject'), 'wide'], [t('times'), 'num'], [t('faults'), 'num'], [t('average_ms'), 'num'], [t('longest'), 'num']],
  [...operations].sort((a, b) => b.totalMs - a.totalMs).slice(0, 12).map((o) => h('tr', {}, h('th', { scope: 'row' }, o.operation), cell(o.subject, 'wide'),
    cell(f.count(o.count), 'num'), cell(f.count(o.failed), o.failed > 0 ? 'num warn' : 'num'), cell(f.fixed(o.averageMs, 1), 'num'), cell(f.fixed(o.maxMs, 1), 'num')))));

export function show(root, context) {
  const health = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const feeds = h('div', {}, empty(t('loading')));
  const grains = h('div', {}, empty(t('loading')));
  const timings = h('div', {}, empty(t('loading')));
  const jobsPlace = h('div', {}, empty(t('loading')));
  let jobs = null;
  fill(root, h('h1', { class: 'quiet' }, t('system')),
    h('div', { class: 'columns even' }, panel('healthHead', t('health'), health), panel('feedsHead', t('feeds'), feeds)),
    h('div', { class: 'columns even' }, panel('grainsHead', t('grainsHead'), grains), panel('timingsHead', t('timingsHead'), timings)),
    panel('jobsHead', t('jobs'), jobsPlace));

  const loadHealth = () => load(health, async () => {
    const now = await get('/health');
    const part = (name, status, text) => h('tr', {}, h('th', { scope: 'row' }, name), cell(badge(status)), cell(text, 'wide'));
    fill(health, table(t('health'), [[t('name')], [t('status')], ['', 'wide']], [
      part('Finstage', now.status, `${now.version} · ${now.host} · ${t(now.phase)}`),
      part(t('database'), now.database.status, now.database.error ?? `${t('candles')} ${f.count(now.database.candles)} · ${t('signals')} ${f.count(now.database.signals)}`),
      part(t('telegram'), now.telegram.status, now.telegram.error ?? `${t('waiting')}: ${f.count(now.telegram.waiting)}`),
      part(t('scheduler'), now.scheduler.status, [...now.scheduler.running.map((j) => `${j} (${t('running')})`), ...now.scheduler.failing.map((j) => `${j} (${t('failing')})`)].join(', ')),
      part(t('process'), 'ok', `${t('memory')} ${f.bytes(now.process.memoryBytes)} · ${t('cpu')} ${f.fixed(now.process.cpuSeconds, 1)} s · ${t('uptime')} ${f.span(now.process.uptimeSeconds)}`),
    ]));
    fill(feeds, h('p', {}, badge(now.feeds.status)), now.feeds.items.length === 0 ? (now.feeds.status === 'off' ? null : empty()) : table(t('feeds'), [[t('name')], [t('lastAnswer')], [t('error'), 'wide']],
      now.feeds.items.map((i) => h('tr', {}, h('th', { scope: 'row' }, i.name), cell(f.ago(i.lastAnswer)),
        cell(i.outSince ? h('span', { class: 'warn' }, `${f.moment(i.outSince)} ${t('since')}: ${i.error}`)
          : i.failing.map((s) => h('div', { class: 'dim' }, `${s.subject}: ${s.error}`)), 'wide')))));
    const kinds = now.performance.grains;
    fill(grains, grainTable(kinds), kinds.length > 0 && kinds.every((k) => k.waiting === null) ? h('p', { class: 'dim' }, t('queueUnknown')) : null);
    fill(timings, timingTable(now.performance.operations));
  });

  const loadJobs = () => load(jobsPlace, async () => {
    jobs = jobTable(context, await get('/api/jobs'), { withTimes: true });
    fill(jobsPlace, jobs.element);
  });

  const refresh = () => Promise.all([loadHealth(), loadJobs()]);
  refresh();
  const timer = setInterval(loadHealth, 5_000);
  return {
    refresh,
    dispose: () => clearInterval(timer),
    happened(kind, data) {
      if (kind === 'job') jobs?.changed(data);
    },
  };
}
