// Hears what happens, over server-sent events; comes back by itself where it left off.

import { auth } from './api.js';
import { settings } from './settings.js';

const SILENCE = 40_000; // A heartbeat comes every 15 s.
const WAITS = [500, 1_000, 2_000, 5_000, 10_000];

/** Listens until it is stopped. `on(kind, data)` takes each event; `state` is called with `live` or `lost`. */
export function listen(on, state) {
  let lastId = '';
  let tries = 0;
  let stop = new AbortController();
  let ended = false;

  async function run() {
    while (!ended) {
      const round = stop;
      try {
        await hear(round);
      } catch {
        // Whatever it was, it is tried again.
      }
      if (ended) return;
      if (!round.signal.aborted || round.silent) state('lost');
      stop = new AbortController();
      await pause(WAITS[Math.min(tries++, WAITS.length - 1)], stop.signal);
    }
  }

  async function hear(round) {
    let watchdog = setTimeout(() => giveUp(round), SILENCE);
    try {
      const response = await fetch(`/api/stream?lang=${settings.lang}`, {
        signal: round.signal,
        cache: 'no-store',
        headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}), ...auth() },
      });
      if (!response.ok) throw new Error(response.statusText);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      while (true) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => giveUp(round), SILENCE);
        const blocks = (rest + value).split(/\r?\n\r?\n/);
        rest = blocks.pop();
        blocks.forEach(tell);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  function tell(block) {
    let kind = 'message';
    const data = [];
    for (const line of block.split(/\r?\n/)) {
      const at = line.indexOf(':');
      const value = line.slice(at + 1).replace(/^ /, '');
      if (line.startsWith('event:')) kind = value;
      else if (line.startsWith('data:')) data.push(value);
      else if (line.startsWith('id:')) lastId = value;
    }
    if (kind === 'hello') {
      tries = 0;
      state('live');
    }
    if (data.length > 0) on(kind, JSON.parse(data.join('\n')));
  }

  function giveUp(round) {
    round.silent = true;
    round.abort();
  }

  run();
  return {
    /** Begins anew at once, as after another language was chosen. */
    again() {
      tries = 0;
      stop.abort();
    },
    stop() {
      ended = true;
      stop.abort();
    },
  };
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
