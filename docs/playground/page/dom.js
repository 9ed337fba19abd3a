// SPDX-License-Identifier: Apache-2.0
// Elements, made of text that is never read as HTML.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== null) made.setAttribute(name, String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ''));
  return made;
}

// A link to another page, in a tab of its own: what is typed here is kept nowhere.
export function pageLink(page, text) {
  return element('a', { href: page, target: '_blank', rel: 'noopener' }, text);
}

export function byId(id) {
  return document.getElementById(id);
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
