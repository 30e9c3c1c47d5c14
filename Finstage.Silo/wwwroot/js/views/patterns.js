// What follows on what: sequences of signals and candlestick patterns, and the clusters of today.

import { get, query } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { cell, empty, gained, load, panel, table, toSymbol } from '../parts.js';
import { t } from '../words.js';

export function show(root) {
  const patterns = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const clusters = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const kind = h('select', { id: 'kind', onchange: () => loadPatterns() },
    [['', 'all'], ['pair', 'pair'], ['triple', 'triple'], ['candlestick', 'candlestick']].map(([value, word]) => h('option', { value }, t(word))));
  const only = h('input', { type: 'checkbox', id: 'only', onchange: () => loadPatterns() });
  const first = panel('patternsHead', t('patterns'), patterns);
  first.querySelector('.head').append(h('label', { for: 'kind', class: 'check' }, t('kind'), ' ', kind), h('label', { for: 'only', class: 'check' }, only, ' ', t('onlySurviving')));
  fill(root, h('h1', { class: 'quiet' }, t('patterns')), panel('clustersHead', t('clusters'), clusters), first);

  const loadPatterns = () => load(patterns, async () => {
    const found = await get(`/api/patterns${query({ limit: 200, kind: kind.value, surviving: only.checked ? 'true' : '' })}`);
    if (!found.ranAt) return fill(patterns, empty());
    fill(patterns,
      h('p', { class: 'dim' }, `${t('ranAt')} ${f.moment(found.ranAt)} · ${f.count(found.candles)} ${t('candles')} · `,
        found.tried.map((c) => `${t(c.kind)}: ${f.count(c.tested)} ${t('tried')}, ${f.count(c.surviving)} ${t('surviving')}`).join(' · ')),
      found.items.length === 0 ? empty() : table(t('patterns'),
        [[t('pattern')], [t('horizon')], [t('occurrences'), 'num'], [t('successRate'), 'num'], [t('averageReturn'), 'num'], [t('drift'), 'num'], [t('excess'), 'num'], [t('pValue'), 'num'], [t('qValue'), 'num'], [t('luck')]],
        found.items.map((p) => h('tr', {},
          h('th', { scope: 'row', class: 'steps' }, p.pattern.split('>').map((step, i) => [i ? ' → ' : '', stepOf(step)])),
          cell(p.horizon), cell(f.count(p.occurrences), 'num'), cell(f.percent(p.successRate), 'num'), cell(gained(p.averageReturn), 'num'),
          cell(gained(p.drift), 'num'), cell(gained(p.excess), 'num'), cell(f.chance(p.pValue), 'num'), cell(f.chance(p.qValue, 3), 'num'),
          cell(h('span', { class: p.survives ? 'badge ok' : 'badge idle' }, t(p.survives ? 'survives' : 'notSurviving')))))));
  });

  const loadClusters = () => load(clusters, async () => {
    const job = (await get('/api/jobs')).find((j) => j.name === 'clusters');
    if (!job?.lastRun || job.lastError) return fill(clusters, empty(job?.lastError));
    const found = await get('/api/clusters');
    const horizons = found.clusters[0]?.returns.map((r) => r.horizon) ?? [];
    fill(clusters,
      h('p', { class: 'dim' }, `${t('fittedUntil')} ${found.fittedUntil} · ${t('ranAt')} ${f.moment(found.ranAt)}`),
      table(t('clusters'), [[t('cluster'), 'num'], [t('shape')], [t('size'), 'num'], ...horizons.map((x) => [`${t('excess')} ${x}`, 'num']), [t('symbols'), 'wide']],
        found.clusters.map((c) => h('tr', {},
          h('th', { scope: 'row', class: 'num' }, c.number), cell(t(c.shape)), cell(f.count(c.size), 'num'),
          c.returns.map((r) => cell(h('span', { title: `n = ${r.windows}, ${t('drift')} ${f.gain(r.drift)}` }, gained(r.excess)), 'num')),
          cell(found.today.filter((s) => s.cluster === c.number).map((s) => [toSymbol(s.symbol), s.isFar ? h('span', { class: 'dim' }, ` (${t('far')}) `) : ' ']), 'wide')))));
  });

  const refresh = () => Promise.all([loadPatterns(), loadClusters()]);
  refresh();
  return {
    refresh,
    happened(kindOf, data) {
      if (kindOf === 'job' && data.state === 'idle' && (data.name === 'patterns' || data.name === 'clusters')) refresh();
    },
  };
}

function stepOf(step) {
  const [name, way] = step.split(':');
  return [h('b', {}, name), way ? h('span', { class: way === 'BUY' ? 'up' : 'down' }, ` ${t(way.toLowerCase())}`) : null];
}
