// The outbox: what is told to whom, and how far it has come.

import { get } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { badge, cell, empty, load, panel, table, toSymbol } from '../parts.js';
import { t } from '../words.js';

const STEP = 100;

export function show(root) {
  const place = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const rows = new Map();
  let body = null;
  let next = null;
  fill(root, h('h1', { class: 'quiet' }, t('alerts')), panel('alertsHead', t('alerts'), place));

  const refresh = () => load(place, async () => {
    rows.clear();
    const page = await get(`/api/alerts?limit=${STEP}`);
    next = page.next;
    if (page.items.length === 0) return fill(place, empty());
    const more = h('button', { type: 'button', hidden: !next, onclick: async () => {
      const older = await get(`/api/alerts?limit=${STEP}&cursor=${encodeURIComponent(next)}`);
      next = older.next;
      more.hidden = !next;
      body.append(...older.items.map(row));
    } }, t('more'));
    fill(place, table(t('alerts'), [['#', 'num'], [t('kind')], [t('symbol')], [t('priority')], [t('status')], [t('time')], [t('sent')], [t('chat')], [t('error'), 'wide']], page.items.map(row)), more);
    body = place.querySelector('tbody');
  });

  function row(alert) {
    const element = h('tr', {});
    rows.set(alert.id, element);
    return draw(element, alert);
  }

  const draw = (element, a) => fill(element,
    h('th', { scope: 'row', class: 'num' }, a.id), cell(t(a.kind)), cell(a.symbol ? toSymbol(a.symbol) : '–'),
    cell(h('span', { class: `badge ${a.priority.toLowerCase()}` }, a.priority)), cell(badge(a.state === 'failed' ? 'failedState' : a.state, a.state)),
    cell(f.moment(a.asOf)), cell(f.moment(a.sentAt)), cell(a.chat), cell(a.lastError ? h('span', { class: 'warn' }, a.lastError) : '', 'wide'));

  refresh();
  return {
    refresh,
    happened(kind, data) {
      if (kind === 'more' && data.kind === 'alert') refresh();
      if (kind !== 'alert') return;
      if (rows.has(data.id)) draw(rows.get(data.id), data);
      else if (body) body.prepend(row(data));
      else refresh();
    },
  };
}
