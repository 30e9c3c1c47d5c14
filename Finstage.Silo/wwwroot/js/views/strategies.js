// What signals were worth: the strategies by what survives the tests for luck, and what picking by the past would have brought.

import { get, query } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { cell, empty, gained, load, panel, table, toSymbol } from '../parts.js';
import { t, tell } from '../words.js';

const tests = 3;
const shown = 100;
const horizons = ['1h', '4h', '1d', '1w', '1mo'];

export function show(root) {
  const board = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const walks = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const horizon = h('select', { id: 'horizon', onchange: () => loadBoard() },
    h('option', { value: '' }, t('daily')), horizons.map((value) => h('option', { value }, t(`h${value}`))));
  const scope = h('select', { id: 'scope', onchange: () => loadBoard() },
    h('option', { value: '' }, t('together')), h('option', { value: '*' }, t('bySymbol')));
  const first = panel('boardHead', t('leaderboard'), board);
  first.querySelector('.head').append(
    h('label', { for: 'scope', class: 'check' }, t('symbols'), ' ', scope), h('label', { for: 'horizon', class: 'check' }, t('horizon'), ' ', horizon));
  fill(root, h('h1', { class: 'quiet' }, t('leaderboard')), first, panel('walksHead', t('walkForward'), h('p', { class: 'dim' }, t('walkForwardHint')), walks));

  const loadBoard = () => load(board, async () => {
    const found = await get(`/api/backtests/leaderboard${query({ limit: shown, horizon: horizon.value, symbol: scope.value })}`);
    if (!found.ranAt) return fill(board, empty(t('noBacktests')));
    const isBySymbol = scope.value === '*';
    fill(board,
      h('p', { class: 'verdict' }, found.survivors > 0
        ? tell('someSurvive', f.count(found.survivors), f.count(found.trials))
        : tell('noneSurvives', f.count(found.trials))),
      h('p', { class: 'dim' }, `${t('ranAt')} ${f.moment(found.ranAt)} · ${t('independent')} ${f.count(found.effectiveTrials)} · ${t('minSamples')} ${f.count(found.minSamples)} · ${t('hoverRanges')}`),
      found.items.length === 0 ? empty() : table(t('leaderboard'),
        [...(isBySymbol ? [[t('symbol')]] : []), [t('strategy')], [t('horizon')], [t('samples'), 'num'], [t('successRate'), 'num'], [t('averageReturn'), 'num'],
          [t('drift'), 'num'], [t('profitFactor'), 'num'], [t('sharpe'), 'num'], [t('maxDrawdown'), 'num'], [t('randomEntry'), 'num'], [t('deflatedSharpe'), 'num'],
          [t('grade')], [t('luck')]],
        found.items.map((row) => line(row, isBySymbol))));
  });

  const loadWalks = () => load(walks, async () => {
    const found = await get('/api/backtests/walkforward');
    const rows = found.filter((walk) => walk.total > 0);
    fill(walks, rows.length === 0 ? empty() : table(t('walkForward'),
      [[t('horizon')], [t('steps'), 'num'], [t('samples'), 'num'], [t('trainAverage'), 'num'], [t('testAverage'), 'num'], [t('drift'), 'num'], [t('successRate'), 'num'], [t('lastPick'), 'wide']],
      rows.map((walk) => h('tr', {},
        h('th', { scope: 'row' }, t(`h${walk.horizon}`)), cell(f.count(walk.folds.length), 'num'), cell(f.count(walk.total), 'num'),
        cell(gained(walk.trainAverage), 'num'), cell(gained(walk.average), 'num'), cell(gained(walk.drift), 'num'), cell(f.percent(walk.successRate), 'num'),
        cell(last(walk.folds), 'wide')))));
  });

  const refresh = () => Promise.all([loadBoard(), loadWalks()]);
  refresh();
  return {
    refresh,
    happened(kind, data) {
      if (kind === 'job' && data.name === 'backtests' && data.state === 'idle') refresh();
    },
  };
}

function line(row, isBySymbol) {
  const luck = row.luck;
  return h('tr', { 'data-strategy': row.strategy },
    isBySymbol ? h('th', { scope: 'row' }, toSymbol(row.symbol)) : null,
    isBySymbol ? cell(row.strategy) : h('th', { scope: 'row' }, row.strategy),
    cell(t(`h${row.horizon}`), 'brief'), cell(f.count(row.total), 'num'),
    cell(ranged(f.percent(row.successRate), luck?.successRate, f.percent), 'num'),
    cell(ranged(gained(row.average), luck?.average, f.gain), 'num'),
    cell(gained(row.drift), 'num'),
    cell(ranged(f.fixed(row.profitFactor), luck?.profitFactor, f.fixed), 'num'),
    cell(ranged(f.fixed(row.sharpe), luck?.sharpe, f.fixed), 'num'),
    cell(f.percent(row.maxDrawdown), 'num'),
    cell(f.chance(luck?.randomEntryP), 'num'), cell(f.percent(luck?.deflatedSharpe), 'num'),
    cell(row.grade ?? '–'),
    cell(luck ? h('span', { class: luck.survives ? 'badge ok' : 'badge idle' }, `${t(luck.survives ? 'survives' : 'notSurviving')} ${luck.passed}/${tests}`) : '–'));
}

// Where the true figure lies in 95 of 100 cases.
function ranged(text, range, write) {
  return range ? h('span', { title: `95 %: ${write(range.low)} … ${write(range.high)}` }, text) : text;
}

function last(folds) {
  const fold = folds.at(-1);
  return fold ? `${fold.testFrom} … ${fold.testTo}: ${fold.strategy}` : '–';
}
