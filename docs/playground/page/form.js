// SPDX-License-Identifier: Apache-2.0
// The form: policies, date of service, readings, and the facts that the chosen policies read.
import { byId, capital, element } from './dom.js';
import { fieldOf, readField } from './fields.js';
import { readDay } from './values.js';

export class Form {
  // `changed` is called with what stands in the form after each change, and with the key, as in a
  // link, of what a person changed; with none where the form was filled in otherwise.
  constructor(base, changed) {
    this.base = base;
    this.changed = changed;
    this.policies = this.makePolicies();
    this.readings = this.makeReadings();
    this.groups = this.makeFacts();
    this.fields = this.groups.flatMap((group) => group.fields);
    byId('day').addEventListener('input', () => this.update('on'));
    byId('search').addEventListener('input', () => this.show());
    byId('form').addEventListener('submit', (event) => event.preventDefault());
  }

  makePolicies() {
    const boxes = this.base.policies.map((policy) =>
      element('input', { type: 'checkbox', id: `policy-${policy.name}`, value: policy.name }));
    byId('policies').append(
      ...boxes.map((box, index) => element(
        'label', { for: box.id }, box, this.base.policies[index].title,
        element('span', { class: 'hint' }, this.base.policies[index].number),
      )),
    );
    byId('policies').addEventListener('change', () => this.update('policy'));
    return boxes;
  }

  makeReadings() {
    return [...this.base.readings.values()].map((reading) => {
      const control = element(
        'select', { id: `reading-${reading.name}`, 'aria-describedby': `id-${reading.name}` },
        reading.values.map((value, index) => element(
          'option', { value }, `${capital(reading.meanings[index])}${index === 0 ? ' (default)' : ''}`)),
      );
      control.addEventListener('change', () => this.update(`reading.${reading.name}`));
      const root = element(
        'div', { class: 'field wide' },
        element('label', { for: control.id }, reading.question), control,
        element('p', { class: 'hint', id: `id-${reading.name}` }, element('code', {}, reading.name)),
      );
      byId('readings').append(root);
      return { reading, control, root };
    });
  }

  makeFacts() {
    const asked = [...this.base.attributes.values()].filter((attribute) => attribute.asked);
    return Object.entries(this.base.groups).flatMap(([name, title]) => {
      const fields = asked
        .filter((attribute) => attribute.group === name)
        .map((attribute) => fieldOf(attribute, () => this.update(`fact.${attribute.name}`)));
      if (fields.length === 0) return [];
      const count = element('span', { class: 'count' });
      const root = element(
        'details', { class: 'group', open: true },
        element('summary', {}, element('h3', {}, title), count),
        element('div', { class: 'fields' }, fields.map((field) => field.root)),
      );
      byId('facts').append(root);
      return [{ root, count, fields }];
    });
  }

  // What stands in the form, as links keep it; what is not finished is no part of it.
  get state() {
    const given = this.fields.map((field) => [field.attribute.name, field.get()]);
    return {
      day: byId('day').value.trim(),
      policies: new Set(this.policies.filter((box) => box.checked).map((box) => box.value)),
      readings: new Map(
        this.readings
          .filter(({ control }) => control.selectedIndex > 0)
          .map(({ reading, control }) => [reading.name, control.value]),
      ),
      given: new Map(given.filter(([, value]) => value !== '' && value !== null)),
    };
  }

  set state({ day, policies, readings, given }) {
    byId('day').value = day;
    for (const box of this.policies) box.checked = policies.has(box.value);
    for (const { reading, control } of this.readings) {
      control.value = readings.get(reading.name) ?? reading.values[0];
    }
    for (const field of this.fields) field.set(given.get(field.attribute.name));
    byId('search').value = '';
    this.update();
  }

  // Read everything: {day, text, policies, readings, facts, wrong, unread}, wrong the fields in
  // error, and unread those of them that each chosen policy reads, by its name.
  read() {
    const facts = new Map();
    const wrong = [];
    for (const field of this.fields) {
      const { fact, error } = readField(field);
      field.wrong = Boolean(error);
      field.complain(error);
      if (error) wrong.push(field);
      else if (fact !== undefined) facts.set(field.attribute.name, fact);
    }
    const { day: text, policies, readings } = this.state;
    const chosen = this.base.policies.filter((policy) => policies.has(policy.name));
    const unread = new Map(chosen.map((policy) => [
      policy.name, wrong.filter((field) => policy.attributes.includes(field.attribute.name)),
    ]));
    return { day: this.readDay(text), text, policies: chosen, readings, facts, wrong, unread };
  }

  readDay(text) {
    const control = byId('day');
    let message = '';
    let day = null;
    try {
      day = readDay(text);
    } catch (error) {
      message = `${capital(error.message)}.`;
    }
    if (message) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
    byId('error-day').textContent = message;
    byId('error-day').hidden = !message;
    return day;
  }

  update(key = null) {
    const asked = this.read();
    this.show();
    this.changed(asked, key);
  }

  // Show what the chosen policies read, as far as it has the words that are searched for, and what
  // cannot be read in any case: it must be mended.
  show() {
    const chosen = this.base.policies.filter((_, index) => this.policies[index].checked);
    const facts = new Set(chosen.flatMap((policy) => policy.attributes));
    const names = new Set(chosen.flatMap((policy) => policy.readings));
    for (const { reading, root } of this.readings) root.hidden = !names.has(reading.name);
    const otherwise = this.readings.filter(({ reading, control }) => names.has(reading.name) && control.selectedIndex > 0);
    byId('readings-of').hidden = names.size === 0;
    byId('otherwise').textContent = otherwise.length > 0 ? `${otherwise.length} not by default` : '';
    const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    let [shown, hidden] = [0, 0];
    for (const { root, count, fields } of this.groups) {
      let [here, documented] = [0, 0];
      for (const field of fields) {
        const given = field.get() !== '';
        const read = facts.has(field.attribute.name);
        const found = read && words.every((word) => field.words.includes(word));
        field.root.hidden = !found && !field.wrong;
        here += Number(!field.root.hidden);
        documented += Number(given && read && !field.wrong);
        hidden += Number(given && !read && !field.wrong);
      }
      shown += here;
      root.hidden = here === 0;
      if (words.length > 0 && here > 0) root.open = true;
      count.textContent = documented ? `${documented} documented` : '';
    }
    this.tell(shown, facts.size, hidden, words.length > 0);
  }

  tell(shown, all, hidden, searched) {
    byId('searching').hidden = all === 0;
    byId('no-policy').hidden = all > 0;
    const found = searched ? `${shown} of ${all} facts` : `${all} facts that the chosen policies read`;
    const unread = `${hidden} more documented, which no chosen policy reads`;
    byId('found').textContent = hidden && all ? `${found}; ${unread}` : found;
  }

  // Bring a fact's field into view and put the focus on it.
  goTo(name) {
    const field = this.fields.find((each) => each.attribute.name === name);
    byId('search').value = '';
    this.show();
    field.root.closest('details').open = true;
    field.control.focus();
    field.root.scrollIntoView({ block: 'center' });
  }
}
