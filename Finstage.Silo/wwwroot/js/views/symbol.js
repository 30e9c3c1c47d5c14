// One symbol: its chart with indicators and signal marks, its figures, its signals.

import { get, ofSymbol, query } from '../api.js';
import { makeChart } from '../chart.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { cell, changed, empty, load, panel, signalItem, table } from '../parts.js';
import { settings } from '../settings.js';
import { t } from '../words.js';
import { makeCare } from './care.js';

const PAGE = 500;
const PRESETS = ['sma:20', 'sma:50', 'sma:200', 'ema:20', 'bollinger', 'supertrend', 'ichimoku', 'rsi:14', 'macd', 'stochastic', 'adx', 'obv'];
const MARKS = { high: ['HIGH'], medium: ['HIGH', 'MEDIUM'], all: ['HIGH', 'MEDIUM', 'LOW'], none: [] };

export function show(root, context) {
  const code = context.rest[0] ?? '';
  const head = h('div', { class: 'symbol-head', 'aria-busy': 'true' }, h('h1', {}, code));
  const tools = h('div', { class: 'chart-tools' });
  const place = h('div', { class: 'chart-place', 'aria-busy': 'true' }, empty(t('loading')));
  const tableOf = h('div', {});
  const feed = h('ol', { class: 'feed tall' });
  const facts = h('div', {});
  const care = makeCare(context, code);
  const legend = h('p', { class: 'legend dim' });
  fill(root, head, h('section', { class: 'panel', 'aria-label': t('chartOf') }, tools, legend, place, h('details', {}, h('summary', {}, t('asTable')), tableOf)),
    h('div', { class: 'columns even' }, panel('signalsHead', t('signals'), feed), 
      h('div', { class: 'view' }, panel('careHead', t('care'), care.element), panel('factsHead', t('source'), facts))));

  const state = { interval: '1d', candles: [], next: null, marks: 'high', lines: ['sma:20', 'sma:50', 'sma:200'], signals: [] };
  let symbol = null;
  let chart = null;
  let loading = null;
  let gone = false;
  let late = 0;

  // Each indicator keeps its colour until it is removed, whichever answer comes first.
  const places = new Map();
  function placeOf(line) {
    const taken = new Set(places.values());
    if (!places.has(line)) places.set(line, [...Array(places.size + 1).keys()].find((n) => !taken.has(n)));
    return places.get(line);
  }

  const loadHead = () => load(head, async () => {
    symbol = await get(ofSymbol(code));
    drawHead();
    drawFacts();
    care.draw(symbol);
    const held = symbol.series.map((s) => s.interval);
    if (held.length && !held.includes(state.interval)) state.interval = held[0];
    drawTools(held);
  });

  function drawHead() {
    const [first, second] = settings.lang === 'ko' ? [symbol.nameKo, symbol.nameEn] : [symbol.nameEn, symbol.nameKo];
    const last = symbol.series.find((s) => s.interval === '1d');
    const price = symbol.price;
    fill(head,
      h('div', {}, h('h1', {}, first || second || symbol.symbol), h('p', { class: 'dim' }, [symbol.symbol, symbol.exchange, t(symbol.category)].filter(Boolean).join(' · '))),
      h('div', { class: 'big' }, h('strong', { id: 'price' }, f.price(price?.price ?? last?.lastClose)), h('span', { class: 'dim' }, ` ${symbol.currency} `),
        price?.changePercent != null ? changed(price.changePercent) : null,
        h('p', { class: 'dim' }, price ? f.candleTime(price.time, price.isClose ? '1d' : '') : last ? `${t('close')} ${f.candleTime(last.last, '1d')}` : '')),
      h('dl', { class: 'pairs' }, pair(t('previousClose'), f.price(price?.previousClose)),
        pair(t('yearHigh'), f.price(price?.yearHigh), price?.yearHighDate), pair(t('everHigh'), f.price(price?.allTimeHigh), price?.allTimeHighDate)));
  }

  function drawFacts() {
    fill(facts, symbol.series.length === 0 ? empty() : table(t('source'), [[t('interval')], [t('source')], [t('candles'), 'num'], [t('from')], [t('to')]],
      symbol.series.map((s) => h('tr', {}, h('th', { scope: 'row' }, s.interval), cell(s.source), cell(f.count(s.candles), 'num'),
        cell(f.candleTime(s.first, s.interval)), cell(f.candleTime(s.last, s.interval))))));
  }

  function drawTools(held) {
    const choice = h('select', { id: 'marks', onchange: () => { state.marks = choice.value; drawMarks(); } },
      Object.keys(MARKS).map((m) => h('option', { value: m, selected: m === state.marks }, t(`marks${m[0].toUpperCase()}${m.slice(1)}`))));
    const input = h('input', { id: 'indicator', list: 'presets', placeholder: t('indicatorHint'), 'aria-label': t('addIndicator'), autocomplete: 'off', spellcheck: 'false' });
    const chips = h('ul', { class: 'chips', 'aria-label': t('indicators') });
    const fault = h('p', { class: 'warn', role: 'alert' });
    fill(tools,
      h('fieldset', { class: 'segments' }, h('legend', { class: 'quiet' }, t('interval')), held.map((i) => h('label', {},
        h('input', { type: 'radio', name: 'interval', value: i, checked: i === state.interval, onchange: () => { state.interval = i; loadCandles(); } }), h('span', {}, i)))),
      chips,
      h('form', { class: 'inline', onsubmit: add }, input, h('datalist', { id: 'presets' }, PRESETS.map((p) => h('option', { value: p }))), h('button', {}, t('add'))),
      h('label', { for: 'marks', class: 'inline' }, t('marks'), ' ', choice), fault);
    drawChips();

    function drawChips() {
      fill(chips, state.lines.map((line) => h('li', {}, h('i', { class: `dot line${(placeOf(line) % 5) + 1}`, 'aria-hidden': 'true' }), line, h('button', { type: 'button', 'aria-label': `${t('removeIt')}: ${line}`, onclick: () => {
        state.lines = state.lines.filter((l) => l !== line);
        places.delete(line);
        chart?.unline(line);
        drawChips();
        input.focus();
      } }, '×'))));
    }

    async function add(event) {
      event.preventDefault();
      const line = input.value.trim().toLowerCase();
      if (!line || state.lines.includes(line)) return;
      fault.textContent = '';
      try {
        await drawLine(line);
        state.lines.push(line);
        input.value = '';
        drawChips();
      } catch (problem) {
        places.delete(line);
        fault.textContent = problem.message;
      }
    }
  }

  const loadCandles = () => load(place, async () => {
    loading?.abort();
    loading = new AbortController();
    const page = await get(ofSymbol(code, `/candles${query({ interval: state.interval, limit: PAGE })}`), loading.signal);
    [state.candles, state.next] = [page.items, page.next];
    if (page.items.length === 0) {
      chart?.dispose();
      chart = null;
      fill(place, empty(t('noCandles')));
      return;
    }
    if (!chart) {
      chart = await makeChart(place, `${code} ${t('chartOf')}`, older);
      chart.pointed(drawLegend);
    }
    if (gone) return chart.dispose();
    chart.set(state.candles, state.interval);
    drawTable();
    drawLegend(null);
    await Promise.all([...state.lines.map((l) => drawLine(l).catch(() => {})), loadSignals()]);
  });

  /** What the candle under the pointer says, or the last one. */
  function drawLegend(candle) {
    const c = candle ?? state.candles.at(-1);
    if (!c) return;
    const at = state.signals.filter((s) => s.time === c.time);
    fill(legend, h('b', {}, f.candleTime(c.time, state.interval)),
      ` ${t('open')} ${f.price(c.open)} · ${t('high')} ${f.price(c.high)} · ${t('low')} ${f.price(c.low)} · ${t('close')} ${f.price(c.close)} · ${t('volume')} ${f.count(c.volume)} `,
      at.map((s) => h('span', { class: s.direction === 'BUY' ? 'up' : 'down' }, ` ${s.direction === 'BUY' ? '▲' : '▼'} ${s.strategy}`)));
  }

  async function older() {
    if (!state.next || loading?.older) return;
    loading.older = true;
    try {
      const page = await get(ofSymbol(code, `/candles${query({ interval: state.interval, limit: PAGE, cursor: state.next })}`), loading.signal);
      state.candles = [...page.items, ...state.candles];
      state.next = page.next;
      chart.set(state.candles, state.interval, { keep: true });
      await Promise.all([...state.lines.map((l) => drawLine(l).catch(() => {})), loadSignals()]);
    } catch {
      // The reader can go back once more.
    } finally {
      loading.older = false;
    }
  }

  async function drawLine(line) {
    if (chart && !chart.isWhole) return;
    const limit = Math.max(1, Math.min(5_000, state.candles.length));
    const indicator = await get(ofSymbol(code, `/indicators/${encodeURIComponent(line)}${query({ interval: state.interval, limit })}`), loading?.signal);
    if (!gone) chart?.line(line, indicator, placeOf(line));
  }

  const loadSignals = () => load(feed, async () => {
    const from = state.candles[0]?.time;
    const page = await get(ofSymbol(code, `/signals${query({ interval: state.interval, from, limit: 2_000, lang: settings.lang })}`), loading?.signal);
    state.signals = page.items;
    drawMarks();
    fill(feed, page.items.length ? page.items.slice(0, 60).map((s) => signalItem(s, { withSymbol: false })) : h('li', {}, empty()));
  });

  const drawMarks = () => chart?.mark(state.signals.filter((s) => MARKS[state.marks].includes(s.priority)));

  function drawTable() {
    fill(tableOf, table(t('candles'), [[t('time')], [t('open'), 'num'], [t('high'), 'num'], [t('low'), 'num'], [t('close'), 'num'], [t('volume'), 'num']],
      state.candles.slice(-60).reverse().map((c) => h('tr', {}, h('th', { scope: 'row' }, f.candleTime(c.time, state.interval)),
        ...[c.open, c.high, c.low, c.close].map((v) => cell(f.price(v), 'num')), cell(f.count(c.volume), 'num')))));
  }

  const refresh = async () => {
    await loadHead();
    if (symbol) await loadCandles();
  };
  refresh();

  return {
    title: code,
    refresh,
    themed: () => { chart?.themed(); drawMarks(); },
    dispose: () => { gone = true; clearTimeout(late); loading?.abort(); chart?.dispose(); },
    happened(kind, data) {
      if (data.symbol !== code) return;
      if (kind === 'quote' && symbol) {
        symbol.price = { ...symbol.price, ...data, isClose: false };
        drawHead();
      }
      if (kind === 'candles' && data.interval === state.interval) {
        clearTimeout(late);
        late = setTimeout(follow, 500);
      }
      if (kind === 'signal' && data.interval === state.interval && !data.supersededAt) {
        state.signals = [data, ...state.signals.filter((s) => s.id !== data.id)];
        feed.querySelector('.empty')?.closest('li').remove();
        feed.prepend(signalItem(data, { isNew: true, withSymbol: false }));
        drawMarks();
        context.say(`${t('newSignal')}: ${t(data.direction.toLowerCase())} ${data.strategy}`);
      }
    },
  };

  // New candles join those that are shown; the reader's place in the chart stays.
  async function follow() {
    if (!chart) return refresh();
    const from = state.candles.at(-1)?.time;
    const page = await get(ofSymbol(code, `/candles${query({ interval: state.interval, from, limit: PAGE })}`)).catch(() => null);
    if (!page || gone) return;
    if (page.next) return loadCandles();
    state.candles = [...state.candles.filter((c) => c.time < (page.items[0]?.time ?? '9')), ...page.items];
    chart.set(state.candles, state.interval, { keep: true });
    drawTable();
    state.lines.forEach((l) => drawLine(l).catch(() => {}));
    drawMarks();
  }
}

const pair = (name, value, note) => h('div', {}, h('dt', { class: 'dim' }, name), h('dd', {}, value, note ? h('span', { class: 'dim' }, ` ${note.slice(0, 10)}`) : null));
