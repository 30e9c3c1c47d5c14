// What is watched and told of one symbol: the watchlist, its mutes, its own thresholds. All of it needs an admin key.

import { get, ofSymbol, put, remove } from '../api.js';
import { fill, h } from '../dom.js';
import * as f from '../format.js';
import { badge, load, withKey } from '../parts.js';
import { t, tell } from '../words.js';

const MUTES = [['24', 'mute24h'], ['168', 'mute7d'], ['', 'muteForGood']];
const FIELDS = [['rise', 'rise', 1], ['drop', 'drop', -1], ['fromHigh', 'fromHigh', -1]];

/** The place for it, and how it is drawn for a symbol as the API gives it. */
export function makeCare(context, code) {
  const element = h('div', { class: 'care' });
  const fault = h('p', { class: 'warn', role: 'alert' });
  let symbol = null;

  const draw = (now) => load(element, async () => {
    symbol = now;
    const chats = await get('/api/chats');
    const mutes = chats.flatMap((c) => c.mutes).filter((m) => m.symbol === symbol.symbol);
    const distinct = [...new Map(mutes.map((m) => [m.chat ?? '', m])).values()];
    fill(element, watching(), muting(distinct), thresholds(), fault);
  });

  const watching = () => {
    const button = h('button', { type: 'button', id: 'watchIt', onclick: () => change(symbol.enabled ? 'notWatched' : 'watched', '#watchIt', async () => {
      const path = `/api/watchlist/${encodeURIComponent(symbol.symbol)}`;
      if (symbol.enabled) await remove(path);
      else await put(`${path}?force=true`);
    }) }, t(symbol.enabled ? 'unwatch' : 'watch'));
    return line(t('watchlist'), badge(symbol.enabled ? 'watched' : 'notWatched', symbol.enabled ? 'ok' : 'idle'), button);
  };

  const muting = (mutes) => {
    const hours = h('select', { id: 'muteFor', 'aria-label': t('muteHow') }, MUTES.map(([value, word]) => h('option', { value }, t(word))));
    const told = mutes.length === 0 ? badge('told', 'ok') : mutes.map((m) => h('span', {},
      badge('muted', 'paused'), ` ${m.chat ?? t('everyChat')}${m.until ? `, ${tell('untilTime', f.moment(m.until))}` : ''} `,
      h('button', { type: 'button', class: 'unmute', 'aria-label': `${t('unmute')}: ${m.chat ?? t('everyChat')}`, onclick: () => mute(0, m.chat) }, t('unmute'))));
    const form = h('form', { class: 'inline', onsubmit: (event) => { event.preventDefault(); mute(hours.value === '' ? null : Number(hours.value), null); } },
      hours, h('button', { id: 'muteIt' }, t('mute')));
    return line(t('alerts'), told, mutes.some((m) => !m.chat) ? null : form);
  };

  const mute = (hours, chat) => change(hours === 0 ? 'told' : 'muted', hours === 0 ? '#muteIt' : '.unmute', () => put(ofSymbol(symbol.symbol, '/mute'), { hours, chat }));

  function thresholds() {
    const now = symbol.thresholds;
    if (!now) return null;
    const unit = now.unit === 'basisPoints' ? 'bp' : '%';
    const inputs = FIELDS.map(([name, word, sign]) => [name, sign, h('input', {
      type: 'number', step: 'any', name, 'aria-label': `${t(word)} (${unit})`, value: now.own.includes(name) ? now[name] : '', placeholder: now.own.includes(name) ? '' : String(now[name]),
    })]);
    const save = (event) => {
      event.preventDefault();
      // A drop is below zero, with or without its sign.
      const own = Object.fromEntries(inputs.map(([name, sign, input]) => [name, input.value === '' ? null : sign * Math.abs(Number(input.value))]));
      change('thresholdsSaved', '#saveThresholds', () => put(ofSymbol(symbol.symbol, '/thresholds'), own));
    };
    return h('form', { class: 'thresholds', onsubmit: save }, h('span', { class: 'dim' }, `${t('thresholds')} (${unit})`),
      inputs.map(([name, , input]) => h('label', {}, h('span', { class: 'dim' }, t(name)), input)),
      h('button', { id: 'saveThresholds' }, t('save')), h('p', { class: 'dim note' }, t('thresholdsHint')));
  }

  // Does it, tells it, shows what there is now, and leaves the keyboard where it was.
  async function change(word, focus, work) {
    fault.textContent = '';
    try {
      await withKey(context, work);
      await draw(await get(ofSymbol(code)));
      context.say(`${code}: ${t(word)}`);
      element.querySelector(focus)?.focus();
    } catch (problem) {
      fault.textContent = problem.message;
    }
  }

  return { element, draw };
}

const line = (name, ...parts) => h('div', { class: 'line' }, h('span', { class: 'dim' }, name), parts);
