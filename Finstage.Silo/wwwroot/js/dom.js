// Makes elements. Text always becomes text: nothing that came from elsewhere is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

function put(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

/** An HTML element. */
export const h = (tag, props, ...children) => put(document.createElement(tag), props, children);

/** An SVG element. */
export const svg = (tag, props, ...children) => put(document.createElementNS(SVG, tag), props, children);

/** Puts new children in the place of the old ones. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** An address of a page elsewhere, if it is one that may be opened. */
export function outside(address) {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Whether the values are those of the last time; else takes note of them. */
export function once(element, ...values) {
  const key = JSON.stringify(values);
  if (element.dataset.key === key) return true;
  element.dataset.key = key;
  return false;
}
