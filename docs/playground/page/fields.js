// SPDX-License-Identifier: Apache-2.0
// One field of the form: a label, a control, a hint, and what is wrong with what it holds.
import { capital, element } from './dom.js';
import { rangeText, readFact } from './values.js';

const SOME = 'some';
const EMPTY = 'none';

// {root, attribute, get, set, complain}: get is what was given, '' where nothing was and null where
// it is not finished; set shows it, complain says what is wrong with it, or null. `changed` is called when a person changes it.
export function fieldOf(attribute, changed) {
  const make = { boolean: choiceField, enum: choiceField, set: setField }[attribute.type] ?? textField;
  const field = make(attribute, changed);
  const text = [attribute.label, attribute.meaning, attribute.name, attribute.name.replace(/_/g, ' ')];
  return { ...field, attribute, words: [...text, ...attribute.options.flat()].join(' ').toLowerCase() };
}

// The fact of a field, or what is wrong: {fact} or {error}.
export function readField(field) {
  try {
    const given = field.get();
    if (given === null) return { error: 'tick what applies, or choose none' };
    return { fact: readFact(field.attribute, given) };
  } catch (error) {
    return { error: error.message };
  }
}

function idOf(attribute) {
  return `fact-${attribute.name}`;
}

function hintOf(attribute) {
  const range = attribute.options.length === 0 ? `; ${rangeText(attribute)}` : '';
  const never = attribute.type === 'elapsed' && !attribute.meaning.includes('never') ? ', or never' : '';
  return element('p', { class: 'hint', id: `hint-${attribute.name}` }, attribute.meaning, range, never);
}

function errorOf(attribute) {
  return element('p', { class: 'error', id: `error-${attribute.name}`, hidden: true });
}

function described(attribute) {
  return `hint-${attribute.name} error-${attribute.name}`;
}

function complainer(control, error) {
  return (message) => {
    if (message) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
    error.hidden = !message;
    error.textContent = message ? `${capital(message)}.` : '';
  };
}

function textField(attribute, changed) {
  const error = errorOf(attribute);
  const control = element('input', {
    id: idOf(attribute), type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: 240,
    placeholder: 'not documented', 'aria-describedby': described(attribute),
  });
  control.addEventListener('input', changed);
  const label = element('label', { for: control.id }, capital(attribute.label));
  const unit = attribute.unit ? element('span', { class: 'unit' }, attribute.unit_words || attribute.unit) : null;
  const root = element(
    'div', { class: 'field' }, label,
    element('div', { class: 'measure' }, control, unit), hintOf(attribute), error,
  );
  return {
    root,
    control,
    get: () => control.value,
    set: (given) => {
      control.value = given ?? '';
    },
    complain: complainer(control, error),
  };
}

function choiceField(attribute, changed) {
  const error = errorOf(attribute);
  const options = attribute.options.map(([name, words]) => element('option', { value: name }, words));
  // No comes last, so that a first letter typed never chooses it before "not documented".
  const control = element(
    'select', { id: idOf(attribute), 'aria-describedby': described(attribute) },
    element('option', { value: '' }, 'not documented'),
    attribute.type === 'boolean' ? options.reverse() : options,
  );
  control.addEventListener('change', changed);
  const label = element('label', { for: control.id }, capital(attribute.label));
  const root = element('div', { class: 'field' }, label, control, hintOf(attribute), error);
  return {
    root,
    control,
    get: () => control.value,
    set: (given) => {
      control.value = given ?? '';
    },
    complain: complainer(control, error),
  };
}

function setField(attribute, changed) {
  const error = errorOf(attribute);
  const control = element(
    'select', { id: idOf(attribute), 'aria-describedby': described(attribute) },
    element('option', { value: '' }, 'not documented'),
    element('option', { value: EMPTY }, 'documented: none'),
    element('option', { value: SOME }, 'documented: these'),
  );
  const boxes = attribute.options.map(([name]) =>
    element('input', { type: 'checkbox', id: `${idOf(attribute)}-${name}`, value: name }),
  );
  const list = element(
    'fieldset', { class: 'members', hidden: true },
    element('legend', { class: 'visually-hidden' }, capital(attribute.label)),
    attribute.options.map(([, words], index) =>
      element('label', { for: boxes[index].id }, boxes[index], words)),
  );
  const shown = () => {
    list.hidden = control.value !== SOME;
  };
  control.addEventListener('change', () => {
    shown();
    changed();
  });
  list.addEventListener('change', changed);
  const label = element('label', { for: control.id }, capital(attribute.label));
  const root = element('div', { class: 'field' }, label, control, list, hintOf(attribute), error);
  return {
    root,
    control,
    get: () => {
      if (control.value !== SOME) return control.value === EMPTY ? [] : '';
      const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
      return ticked.length > 0 ? ticked : null;
    },
    set: (given) => {
      const members = Array.isArray(given) ? given : [];
      control.value = !Array.isArray(given) ? '' : members.length > 0 ? SOME : EMPTY;
      for (const box of boxes) box.checked = members.includes(box.value);
      shown();
    },
    complain: complainer(control, error),
  };
}
