// What the reader chose: kept in the browser; the key only as long as the tab lives.

function read(store, name) {
  try {
    return store.getItem(`finstage.${name}`);
  } catch {
    return null;
  }
}

function write(store, name, value) {
  try {
    if (value) store.setItem(`finstage.${name}`, value);
    else store.removeItem(`finstage.${name}`);
  } catch {
    // A browser that keeps nothing forgets the choice; the page works on.
  }
}

const chosen = read(localStorage, 'lang');

export const settings = {
  lang: chosen === 'en' || chosen === 'ko' ? chosen : navigator.language?.startsWith('ko') || !navigator.language ? 'ko' : 'en',
  theme: read(localStorage, 'theme') ?? 'auto',
  key: read(sessionStorage, 'key') ?? '',
};

export function setLang(lang) {
  settings.lang = lang;
  write(localStorage, 'lang', lang);
}

export function setTheme(theme) {
  settings.theme = theme;
  write(localStorage, 'theme', theme);
}

export function setKey(key) {
  settings.key = key;
  write(sessionStorage, 'key', key);
}

export const isDark = () =>
  settings.theme === 'dark' || (settings.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);

export function applySettings() {
  const root = document.documentElement;
  root.lang = settings.lang;
  root.dataset.theme = isDark() ? 'dark' : 'light';
}
