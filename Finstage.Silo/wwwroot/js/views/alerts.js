// The outbox: what is told to whom, and how far it has come.

import { get, query } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { badge, cell, empty, load, panel, table, toSymbol } from '../parts.js';
import { t } from '../words.js';

const STEP = 100;
const MOST = 1_000;
const STATES = ['waiting', 'inBatch', 'sent', 'failed', 'suppressed'];

export function show(root) {
  const place = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const rows = new Map();
  let body = null;
  let next = null;
  const state = h('select', { id: 'state', onchange: () => refresh() },
    h('option', { value: '' }, t('everyState')), STATES.map((value) => h('option', { value }, t(`${value}State`))));
  const whole = panel('alertsHead', t('alerts'), place);
  whole.querySelector('.head').append(h('label', { for: 'state', class: 'check' }, t('status'), ' ', state));
  fill(root, h('h1', { class: 'quiet' }, t('alerts')), whole);
  const read = (cursor) => get(`/api/alerts${query({ limit: STEP, state: state.value, cursor })}`);

  const refresh = () => load(place, async () => {
    const page = await read();
    rows.clear();
    body = null;
    next = page.next;
    if (page.items.length === 0) return fill(place, empty());
    const more = h('button', { type: 'button', hidden: !next, onclick: () => load(rest, async () => {
      const older = await read(next);
      next = older.next;
      more.hidden = !next;
      body.append(...older.items.map(row));
      fill(rest, more);
    }) }, t('more'));
    const rest = h('div', {}, more);
    fill(place, table(t('alerts'), [['#', 'num'], [t('kind')], [t('symbol')], [t('priority')], [t('status')], [t('time')], [t('sent')], [t('chat')], [t('error'), 'wide']], page.items.map(row)), rest);
    body = place.querySelector('tbody');
  });

  function row(alert) {
    const element = h('tr', {});
    rows.set(alert.id, element);
    return draw(element, alert);
  }

  const draw = (element, a) => fill(element,
    h('th', { scope: 'row', class: 'num' }, a.id), cell(t(a.kind)), cell(a.symbol ? toSymbol(a.symbol) : '–'),
    cell(h('span', { class: `badge ${a.priority.toLowerCase()}` }, a.priority)), cell(badge(`${a.state}State`, a.state)),
    cell(f.moment(a.asOf), 'brief'), cell(f.moment(a.sentAt), 'brief'), cell(a.chat), cell(a.lastError ? h('span', { class: 'warn' }, a.lastError) : '', 'wide'));

  refresh();
  return {
    refresh,
    happened(kind, data) {
      if (kind === 'more' && data.kind === 'alert') refresh();
      if (kind !== 'alert') return;
      if (rows.has(data.id)) draw(rows.get(data.id), data);
      else if (state.value && state.value !== data.state) return;
      else if (body && rows.size < MOST) body.prepend(row(data));
      else refresh();
    },
  };
}
