// The frame: header, routes, and what happens live.

import { fill, h, once } from './dom.js';
import { listen } from './live.js';
import { applySettings, isDark, setKey, setLang, settings, setTheme } from './settings.js';
import { t } from './words.js';

const views = {
  '': ['overview', () => import('./views/overview.js')],
  symbol: [null, () => import('./views/symbol.js')],
  strategies: ['leaderboard', () => import('./views/strategies.js')],
  patterns: ['patterns', () => import('./views/patterns.js')],
  report: ['report', () => import('./views/report.js')],
  news: ['news', () => import('./views/news.js')],
  alerts: ['alerts', () => import('./views/alerts.js')],
  system: ['system', () => import('./views/system.js')],
};

const main = document.getElementById('main');
let current = null;
let shown = 0;
let connection = 'connecting';

function route() {
  const [path, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  return { name: path, rest: rest.map(decodeURIComponent) };
}

async function show({ focus = false } = {}) {
  const turn = ++shown;
  const { name, rest } = route();
  current?.dispose?.();
  current = null;
  frame();
  if (!Object.hasOwn(views, name)) {
    fill(main, h('p', { class: 'empty' }, t('notFound')));
    return;
  }
  const view = await views[name][1]();
  if (turn !== shown) return;
  const place = h('div', { class: 'view' });
  fill(main, place);
  current = view.show(place, { rest, say, toKey });
  document.title = `${current.title ?? t(views[name][0] ?? 'overview')} · Finstage`;
  if (focus) main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function frame() {
  const { name } = route();
  document.getElementById('skip').textContent = t('skip');
  const links = Object.entries(views).filter(([, [word]]) => word)
    .map(([path, [word]]) => h('a', { href: `#/${path}`, 'aria-current': path === name ? 'page' : null }, t(word)));
  fill(document.getElementById('nav'), links);
  fill(document.getElementById('tools'),
    h('span', { class: `link ${connection}`, id: 'link', role: 'status' }, h('i', { 'aria-hidden': 'true' }), h('span', {}, t(connection))),
    h('button', { type: 'button', class: 'plain', id: 'lang', lang: settings.lang === 'ko' ? 'en' : 'ko', onclick: otherLanguage }, t('otherLanguage')),
    h('button', { type: 'button', class: 'plain', id: 'theme', 'aria-label': t(isDark() ? 'toLight' : 'toDark'), onclick: otherTheme }, isDark() ? '☀' : '☾'),
    h('button', { type: 'button', class: 'plain', id: 'key', 'aria-label': t('keyTitle'), 'aria-pressed': String(Boolean(settings.key)), onclick: () => toKey() }, t('key')));
  fill(document.getElementById('foot'),
    h('span', {}, t('advice')),
    h('span', {}, t('charts'), ' ', h('a', { href: 'https://www.tradingview.com/', rel: 'noreferrer' }, 'TradingView Lightweight Charts™')));
  document.querySelector('nav a[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function otherLanguage() {
  setLang(settings.lang === 'ko' ? 'en' : 'ko');
  applySettings();
  show();
  live.again();
  document.getElementById('lang').focus();
}

function otherTheme() {
  setTheme(isDark() ? 'light' : 'dark');
  applySettings();
  frame();
  current?.themed?.();
  document.getElementById('theme').focus();
}

/** Tells those who listen to the page. */
function say(text) {
  document.getElementById('said').textContent = text;
}

/** Asks for the key; resolves once it is given or not. */
function toKey(why) {
  return new Promise((resolve) => {
    const input = h('input', { type: 'password', id: 'keyInput', autocomplete: 'off', spellcheck: 'false', value: settings.key });
    const dialog = h('dialog', { 'aria-labelledby': 'keyTitle', onclose: done },
      h('form', { method: 'dialog' },
        h('h2', { id: 'keyTitle' }, t('keyTitle')),
        why ? h('p', { class: 'warn' }, why) : null,
        h('label', { for: 'keyInput' }, t('keyHint')),
        input,
        h('div', { class: 'buttons' },
          h('button', { value: 'save', class: 'primary' }, t('save')),
          h('button', { value: 'forget', type: 'submit' }, t('forget')),
          h('button', { value: 'cancel', type: 'submit', formnovalidate: true }, t('cancel')))));

    function done() {
      if (dialog.returnValue === 'save') setKey(input.value.trim());
      if (dialog.returnValue === 'forget') setKey('');
      dialog.remove();
      document.getElementById('key')?.setAttribute('aria-pressed', String(Boolean(settings.key)));
      if (dialog.returnValue === 'save' || dialog.returnValue === 'forget') live.again();
      resolve(dialog.returnValue === 'save');
    }

    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}

function linked(state) {
  connection = state;
  const link = document.getElementById('link');
  if (!link || once(link, state)) return;
  link.className = `link ${state}`;
  link.lastElementChild.textContent = t(state);
}

let isFirst = true;

function happened(kind, data) {
  if (kind === 'reset') {
    // The first look of a silo at what there is: the page has only just read it.
    if (!(data.reason === 'start' && isFirst)) current?.refresh?.();
    isFirst = false;
    return;
  }
  current?.happened?.(kind, data);
}

function keyed(event) {
  const isTyping = event.target.closest?.('input, textarea, select, dialog');
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector('input[type=search]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
}

applySettings();
addEventListener('hashchange', () => show({ focus: true }));
addEventListener('keydown', keyed);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  applySettings();
  frame();
  current?.themed?.();
});
show();
const live = listen(happened, linked);
