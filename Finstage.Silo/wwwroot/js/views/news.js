// The stored news, newest first. Titles and summaries are other people's words: text, never markup.

import { get, query } from '../api.js';
import { fill, h, outside } from '../dom.js';
import * as f from '../format.js';
import { empty, load, panel, toSymbol } from '../parts.js';
import { t } from '../words.js';

const STEP = 50;

export function show(root) {
  const place = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const list = h('ul', { class: 'stories' });
  let next = null;
  fill(root, h('h1', { class: 'quiet' }, t('news')), panel('newsHead', t('news'), place));

  const more = h('button', { type: 'button', onclick: () => load(place, () => read(next)) }, t('more'));

  async function read(cursor) {
    const page = await get(`/api/news${query({ limit: STEP, cursor })}`);
    if (cursor) list.append(...page.items.map(story));
    else fill(list, page.items.map(story));
    next = page.next;
    more.hidden = !next;
    fill(place, list.children.length ? [list, more] : empty());
  }

  const refresh = () => load(place, () => read(null));
  refresh();
  return {
    refresh,
    happened(kind, data) {
      if (kind === 'job' && data.name === 'news' && data.state === 'idle') refresh();
    },
  };
}

function story(item) {
  const address = outside(item.link);
  return h('li', {},
    h('p', { class: 'title' }, address ? h('a', { href: address, target: '_blank', rel: 'noreferrer noopener' }, item.title) : item.title),
    item.summary ? h('p', {}, item.summary) : null,
    h('p', { class: 'dim' }, f.moment(item.published ?? item.seenAt), item.symbols.map((s) => [' · ', toSymbol(s)]), ' · ', item.feeds.join(', ')));
}
