// Candles, volume, indicators and signal marks: by the chart library where the build brought it in, else as a plain line.

import { h, svg } from './dom.js';
import * as f from './format.js';
import { settings } from './settings.js';
import { t } from './words.js';

const OVERLAYS = new Set(['sma', 'ema', 'wma', 'hma', 'dema', 'tema', 'kama', 'smma', 'vwma', 'vwap', 'vwap-rolling', 'bollinger', 'keltner', 'donchian', 'ichimoku', 'supertrend', 'psar', 'rolling-high', 'rolling-low', 'swing-high', 'swing-low', 'pivot-points']);

const PANE = 120;

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colours = () => ['--line1', '--line2', '--line3', '--line4', '--line5'].map(style);
const timeOf = (iso, daily) => (daily ? iso.slice(0, 10) : Date.parse(iso) / 1000);

/** Makes a chart in a place. `older` is called when candles before the first are wanted. */
export async function makeChart(place, label, older) {
  const library = await import('./vendor/charts.js');
  return library.createChart ? candleChart(library, place, label, older) : lineChart(place, label);
}

function candleChart(library, place, label, older) {
  const box = h('div', { class: 'chart', role: 'img', 'aria-label': label });
  place.replaceChildren(box);
  const chart = library.createChart(box, { autoSize: true, ...looks() });
  const candles = chart.addSeries(library.CandlestickSeries, candleLooks());
  const volume = chart.addSeries(library.HistogramSeries, { priceFormat: { type: 'volume' }, priceScaleId: 'volume', lastValueVisible: false, priceLineVisible: false });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
  const marks = library.createSeriesMarkers(candles, []);
  const lines = new Map();
  let daily = true;
  let shown = [];

  chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
    if (range && range.from < 5 && shown.length > 0) older();
  });

  // Each pane below the candles makes the chart higher.
  function size() {
    const below = chart.panes().length - 1;
    box.style.height = below === 0 ? '' : `calc(var(--chart) + ${below * PANE}px)`;
    chart.panes().slice(1).forEach((pane) => pane.setHeight(PANE));
  }

  function looks() {
    return {
      layout: { attributionLogo: false, background: { color: 'transparent' }, textColor: style('--dim'), fontFamily: style('--font'), panes: { separatorColor: style('--edge'), separatorHoverColor: style('--hover') } },
      grid: { vertLines: { color: style('--grid') }, horzLines: { color: style('--grid') } },
      rightPriceScale: { borderColor: style('--edge') },
      timeScale: { borderColor: style('--edge'), timeVisible: true, secondsVisible: false },
      crosshair: { mode: 0 },
      localization: { locale: settings.lang === 'ko' ? 'ko-KR' : 'en-GB', dateFormat: 'yyyy-MM-dd' },
    };
  }

  function candleLooks() {
    const [up, down] = [style('--up'), style('--down')];
    return { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderUpColor: up, borderDownColor: down };
  }

  function draw() {
    const faint = (c) => `${c}55`;
    candles.setData(shown.map((c) => ({ time: timeOf(c.time, daily), open: c.open, high: c.high, low: c.low, close: c.close })));
    volume.setData(shown.map((c) => ({ time: timeOf(c.time, daily), value: c.volume, color: faint(c.close >= c.open ? style('--up') : style('--down')) })));
  }

  const lineColour = (place, i) => colours()[(place + i) % 5];

  return {
    isWhole: true,
    set(items, interval, { keep = false } = {}) {
      daily = /^1(d|w|mo)$/.test(interval);
      const range = keep ? chart.timeScale().getVisibleLogicalRange() : null;
      const added = items.length - shown.length;
      // Candles before move the view along; those after do so only where the reader looks at the newest.
      const moves = shown[0]?.time !== items[0]?.time || (range && range.to >= shown.length - 1);
      shown = items;
      const smallest = Math.min(...items.slice(-50).map((c) => Math.abs(c.close)));
      candles.applyOptions({ priceFormat: smallest < 1 ? { type: 'price', precision: 4, minMove: 0.0001 } : { type: 'price', precision: 2, minMove: 0.01 } });
      draw();
      if (range) chart.timeScale().setVisibleLogicalRange({ from: range.from + (moves ? added : 0), to: range.to + (moves ? added : 0) });
      else chart.timeScale().setVisibleLogicalRange({ from: items.length - Math.min(200, Math.max(50, box.clientWidth / 7)), to: items.length + 4 });
    },
    mark(signals) {
      const known = new Set(shown.map((c) => c.time));
      marks.setMarkers(signals.filter((s) => known.has(s.time)).sort((a, b) => (a.time < b.time ? -1 : 1)).map((s) => ({
        time: timeOf(s.time, daily),
        position: s.direction === 'BUY' ? 'belowBar' : 'aboveBar',
        shape: s.direction === 'BUY' ? 'arrowUp' : 'arrowDown',
        color: s.direction === 'BUY' ? style('--up') : style('--down'),
      })));
    },
    /** Calls with the open time of the candle under the pointer, as the API writes it; null where there is none. */
    pointed(tell) {
      chart.subscribeCrosshairMove((at) => tell(at.time === undefined ? null : shown.find((c) => timeOf(c.time, daily) === at.time) ?? null));
    },
    /** Draws an indicator, or draws it anew, in the colours from a place on. */
    line(key, indicator, place) {
      this.unline(key);
      const overlay = OVERLAYS.has(indicator.indicator.split(':')[0]);
      const pane = overlay ? 0 : chart.panes().length;
      const all = indicator.outputs.map((output, i) => {
        const isBar = output === 'histogram';
        const series = chart.addSeries(isBar ? library.HistogramSeries : library.LineSeries, {
          color: isBar ? style('--faint') : lineColour(place, i), lineWidth: 1, priceLineVisible: false, lastValueVisible: !overlay,
          crosshairMarkerVisible: false, title: indicator.outputs.length > 1 ? output : indicator.indicator,
        }, pane);
        series.setData(indicator.items.map((row) => (row.values[i] === null ? { time: timeOf(row.time, daily) } : { time: timeOf(row.time, daily), value: row.values[i] })));
        return series;
      });
      lines.set(key, { all, place });
      size();
    },
    unline(key) {
      lines.get(key)?.all.forEach((series) => chart.removeSeries(series));
      if (lines.delete(key)) size();
    },
    themed() {
      chart.applyOptions(looks());
      candles.applyOptions(candleLooks());
      for (const { all, place } of lines.values()) all.forEach((series, i) => series.seriesType() === 'Line' && series.applyOptions({ color: lineColour(place, i) }));
      draw();
    },
    dispose: () => chart.remove(),
  };
}

function lineChart(place, label) {
  const draw = (items) => {
    const closes = items.slice(-250).map((c) => c.close);
    const [low, high] = [Math.min(...closes), Math.max(...closes)];
    const points = closes.map((c, i) => `${((800 * i) / Math.max(1, closes.length - 1)).toFixed(1)},${(290 - (280 * (c - low)) / (high - low || 1)).toFixed(1)}`).join(' ');
    place.replaceChildren(h('figure', { class: 'plainchart' },
      svg('svg', { viewBox: '0 0 800 300', role: 'img', 'aria-label': label, preserveAspectRatio: 'none' }, svg('polyline', { points })),
      h('figcaption', { class: 'dim' }, `${t('close')} ${f.price(low)} – ${f.price(high)}, ${items.at(-closes.length)?.time.slice(0, 10)} – ${items.at(-1)?.time.slice(0, 10)}`)));
  };
  return { isWhole: false, set: (items) => draw(items), mark() {}, pointed() {}, line() {}, unline() {}, themed() {}, dispose() {} };
}
