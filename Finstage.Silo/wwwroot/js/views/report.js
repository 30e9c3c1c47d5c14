// The daily report as it would be written now, with what each line rests on.

import { get, post } from '../api.js';
import { fill, h, outside } from '../dom.js';
import * as f from '../format.js';
import { empty, load, panel, withKey } from '../parts.js';
import { settings } from '../settings.js';
import { t } from '../words.js';

export function show(root, context) {
  const place = h('div', { 'aria-busy': 'true' }, empty(t('loading')));
  const glossary = h('input', { type: 'checkbox', id: 'glossary', onchange: () => refresh() });
  const send = h('button', { type: 'button', onclick: sendIt }, t('send'));
  const told = h('span', { role: 'status' });
  const whole = panel('reportHead', t('report'), place);
  whole.querySelector('.head').append(told, h('label', { for: 'glossary', class: 'check' }, glossary, ' ', t('glossary')), send);
  fill(root, h('h1', { class: 'quiet' }, t('report')), whole);

  const refresh = () => load(place, async () => {
    const report = await get(`/api/report/preview?lang=${settings.lang}&glossary=${glossary.checked}`);
    fill(place,
      h('p', { class: 'dim' }, `${report.day} · ${t('composedAt')} ${f.moment(report.composedAt)} · ${report.isSent ? t('sentAlready') : t('preview')}`),
      report.messages.map((m) => h('article', { class: 'message' }, entities(m))));
  });

  async function sendIt() {
    send.disabled = true;
    try {
      const sent = await withKey(context, () => post(`/api/report/send?glossary=${glossary.checked}`));
      fill(told, sent.isNew ? t('sent') : t('sentAlready'));
      refresh();
    } catch (fault) {
      fill(told, h('span', { class: 'warn' }, fault.message));
    } finally {
      send.disabled = false;
    }
  }

  refresh();
  return { refresh };
}

const TAGS = new Set(['B', 'STRONG', 'I', 'EM', 'U', 'S', 'CODE', 'PRE']);

/** Telegram's entities as elements of the page: the tags that it knows, everything else as text. */
export function entities(html) {
  const read = new DOMParser().parseFromString(html, 'text/html').body;
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (node.nodeType !== Node.ELEMENT_NODE) return null;
    const inner = [...node.childNodes].map(copy);
    if (TAGS.has(node.tagName)) return h(node.tagName.toLowerCase(), {}, inner);
    const address = node.tagName === 'A' ? outside(node.getAttribute('href')) : null;
    return address ? h('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, inner) : inner;
  };
  return [...read.childNodes].map(copy);
}
