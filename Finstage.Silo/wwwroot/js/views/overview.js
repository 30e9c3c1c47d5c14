// Everything at a glance: the watchlist with its live prices, the latest signals, the jobs, the silo's health.

import { get, put } from '../api.js';
import { fill, h, svg } from '../dom.js';
import * as f from '../format.js';
import { badge, changed, empty, jobTable, load, panel, signalItem, toSymbol, withKey } from '../parts.js';
import { settings } from '../settings.js';
import { t } from '../words.js';

const MAX_SIGNALS = 40;
const HEALTH_PERIOD = 15_000;

export function show(root, context) {
  const tiles = h('div', { class: 'tiles' });
  const watch = h('div', { class: 'watch-scroll', 'aria-busy': 'true' }, empty(t('loading')));
  const feed = h('ol', { class: 'feed', 'aria-live': 'off' });
  const jobsPlace = h('div', {}, empty(t('loading')));
  const search = h('input', { type: 'search', id: 'find', placeholder: t('filterHint'), 'aria-label': t('filter'), autocomplete: 'off', oninput: filter });
  const held = h('input', { type: 'checkbox', id: 'held', onchange: filter });
  const rows = new Map();
  let jobs = null;
  let isFirst = true;

  const code = h('input', { id: 'newSymbol', placeholder: t('symbolHint'), 'aria-label': t('symbolToAdd'), autocomplete: 'off', spellcheck: 'false', maxlength: 32 });
  const addFault = h('p', { class: 'warn', role: 'alert' });
  const adding = h('details', { id: 'adding' }, h('summary', {}, t('addSymbol')),
    h('form', { class: 'inline', onsubmit: (event) => { event.preventDefault(); addSymbol(false); } }, code, h('button', {}, t('add'))), addFault);
  const watchPanel = panel('watchHead', t('watchlist'), watch, adding);
  watchPanel.querySelector('.head').append(search, h('label', { for: 'held', class: 'check' }, held, ' ', t('onlyHeld')));
  fill(root, h('h1', { class: 'quiet' }, t('overview')), tiles,
    h('div', { class: 'columns' },
      h('div', { class: 'main-column' }, watchPanel),
      h('div', { class: 'side-column' }, panel('feedHead', t('latestSignals'), feed))),
    panel('jobsHead', t('jobs'), jobsPlace));

  const loadSymbols = () => load(watch, async () => {
    const symbols = await get('/api/symbols?closes=30');
    rows.clear();
    const groups = Map.groupBy([...symbols.filter((s) => s.enabled), ...symbols.filter((s) => !s.enabled)], (s) => (s.enabled ? s.category : 'others'));
    const body = [...groups].flatMap(([category, members]) => [
      h('tr', { class: 'group', 'data-group': category }, h('th', { colspan: 4, scope: 'colgroup' }, t(category))),
      ...members.map((s) => row(s, category))]);
    fill(watch, h('table', { class: 'watch' },
      h('caption', { class: 'quiet' }, t('watchlist')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('symbol')), h('th', { scope: 'col', class: 'spark' }, t('trend')),
        h('th', { scope: 'col', class: 'num' }, t('price')), h('th', { scope: 'col', class: 'num' }, t('changeOf')))),
      h('tbody', {}, body)), h('p', { class: 'empty', hidden: true, id: 'noMatch' }, t('noMatch')));
    if (isFirst) {
      // While history is still being fetched, those that have some come first.
      const having = [...rows.values()].filter((r) => r.held).length;
      held.checked = having > 0 && having < rows.size / 2;
      isFirst = false;
    }
    filter();
  });

  const loadSignals = () => load(feed, async () => {
    const page = await get(`/api/signals?limit=${MAX_SIGNALS}&lang=${settings.lang}`);
    fill(feed, page.items.length ? page.items.map((s) => signalItem(s)) : h('li', {}, empty()));
  });

  const loadJobs = () => load(jobsPlace, async () => {
    jobs = jobTable(context, await get('/api/jobs'));
    fill(jobsPlace, jobs.element);
  });

  const loadHealth = () => load(tiles, async () => {
    const health = await get('/health');
    fill(tiles,
      tile(t('health'), badge(health.status), health.status === 'starting' ? health.phase : `${t('uptime')} ${f.span(health.process.uptimeSeconds)}`),
      tile(t('candles'), f.count(health.database.candles), `${f.count(health.database.series)}${t('series')}`),
      tile(t('signals'), f.count(health.database.signals), ''),
      tile(t('waiting'), f.count(health.telegram.waiting), [badge(health.telegram.status), ' ', t('telegram')]),
      tile(t('feeds'), badge(health.feeds.status), health.feeds.items.map((i) => i.name).join(', ')));
  });

  function row(symbol, category) {
    const price = symbol.price;
    const [first, second] = settings.lang === 'ko' ? [symbol.nameKo, symbol.nameEn] : [symbol.nameEn, symbol.nameKo];
    const closes = symbol.closes ?? [];
    const element = h('tr', { 'data-symbol': symbol.symbol, 'data-category': category },
      h('th', { scope: 'row' }, toSymbol(symbol.symbol), h('span', { class: 'dim name' }, first || second)),
      h('td', { class: 'spark' }, closes.length > 1 ? spark(closes) : null),
      h('td', { class: 'num price', title: price ? f.moment(price.time) : null }, f.price(price?.price)),
      h('td', { class: 'num' }, price?.changePercent != null ? changed(price.changePercent) : '–'));
    rows.set(symbol.symbol, { element, text: `${symbol.symbol} ${symbol.nameKo} ${symbol.nameEn}`.toLowerCase(), held: symbol.series.length > 0 || Boolean(price) });
    return element;
  }

  async function addSymbol(force) {
    const name = code.value.trim().toUpperCase();
    if (!name) return;
    fill(addFault);
    try {
      const added = await withKey(context, () => put(`/api/watchlist/${encodeURIComponent(name)}${force ? '?force=true' : ''}`));
      code.value = '';
      held.checked = false;
      await loadSymbols();
      context.say(`${added.symbol}: ${t('watched')}`);
    } catch (fault) {
      // The feed could not be asked.
      fill(addFault, fault.message, ' ', fault.status === 503 ? h('button', { type: 'button', onclick: () => addSymbol(true) }, t('addAnyway')) : null);
    }
  }

  function filter() {
    const words = search.value.trim().toLowerCase();
    const groups = new Set();
    for (const { element, text, held: has } of rows.values()) {
      element.hidden = !text.includes(words) || (held.checked && !has);
      if (!element.hidden) groups.add(element.dataset.category);
    }
    watch.querySelectorAll('[data-group]').forEach((g) => { g.hidden = !groups.has(g.dataset.group); });
    const none = watch.querySelector('#noMatch');
    if (none) none.hidden = groups.size > 0;
  }

  function quoted(quote) {
    const known = rows.get(quote.symbol);
    if (!known) return;
    const [, , price, change] = known.element.children;
    fill(price, f.price(quote.price));
    price.title = f.moment(quote.time);
    fill(change, quote.changePercent === null ? '–' : changed(quote.changePercent));
    known.element.classList.remove('blink');
    void known.element.offsetWidth;
    known.element.classList.add('blink');
  }

  function signalled(signal) {
    const known = feed.querySelector(`[data-id="${Number(signal.id)}"]`);
    if (known) {
      known.replaceWith(signalItem(signal));
      return;
    }
    if (signal.supersededAt) return;
    feed.querySelector('.empty')?.closest('li').remove();
    feed.prepend(signalItem(signal, { isNew: true }));
    while (feed.children.length > MAX_SIGNALS) feed.lastElementChild.remove();
    context.say(`${t('newSignal')}: ${signal.symbol} ${t(signal.direction.toLowerCase())} ${signal.strategy}`);
  }

  const refresh = () => Promise.all([loadSymbols(), loadSignals(), loadJobs(), loadHealth()]);
  refresh();
  const timer = setInterval(loadHealth, HEALTH_PERIOD);
  let late = 0;

  return {
    refresh,
    dispose: () => { clearInterval(timer); clearTimeout(late); },
    happened(kind, data) {
      if (kind === 'quote') quoted(data);
      if (kind === 'signal') signalled(data);
      if (kind === 'job') jobs?.changed(data);
      if (kind === 'more' && data.kind === 'signal') loadSignals();
      if (kind === 'candles' && data.interval === '1d') {
        clearTimeout(late);
        late = setTimeout(loadSymbols, 2_000);
      }
    },
  };
}

const tile = (name, value, note) => h('div', { class: 'tile' }, h('span', { class: 'dim' }, name), h('strong', {}, value), h('span', { class: 'dim note' }, note));

function spark(closes) {
  const low = Math.min(...closes);
  const size = Math.max(...closes) - low || 1;
  const points = closes.map((c, i) => `${((100 * i) / (closes.length - 1)).toFixed(1)},${(22 - (20 * (c - low)) / size).toFixed(1)}`).join(' ');
  return svg('svg', { viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true', class: f.direction(closes.at(-1) - closes[0]) }, svg('polyline', { points }));
}
