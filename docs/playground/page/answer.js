// SPDX-License-Identifier: Apache-2.0
// The answers: outcome, what it waits for, warnings, readings it turns on, reasons and criteria.
import { textOn } from './base.js';
import { byId, capital, element } from './dom.js';
import { linesOf, markOf, reasonsOf, shownReasons } from './reasons.js';
import { statementOf } from './statements.js';

const OUTCOMES = { t: 'met', f: 'not_met', u: 'needs_information', '-': 'needs_information' };
const MARK_CLASSES = { t: 'yes', f: 'no', u: 'open' };
const TRUTHS = { t: 'yes', f: 'no', u: 'unknown' };

// More facts that a request waits for are folded at first: the next answer would be far away.
const MOST_UNFOLDED = 8;

export function outcomeOf(policy, letters) {
  return OUTCOMES[letters[policy.positions.get(policy.root)]];
}

export class Answers {
  // `goTo` is called with the name of a fact that one wants to document.
  constructor(base, goTo) {
    this.base = base;
    this.goTo = goTo;
    this.open = new Map(); // what a person opened or closed, by its key
  }

  // Show the answers to what was asked: one of `answers` for each policy, then plausibility.
  show(asked, answers, question) {
    const cards = asked.policies.map((policy, index) =>
      this.card(asked, policy, answers[index], answers[asked.policies.length], question));
    byId('cards').replaceChildren(...cards);
    byId('strip').replaceChildren(...asked.policies.map((policy, index) => this.chip(policy, answers[index])));
  }

  // Fill in on which readings each outcome turns: [policy, reading, value, letters] each.
  showTurns(turns) {
    for (const [policy, reading, value, outcome] of turns) {
      const list = byId(`turns-${policy.name}`);
      if (list === null) continue;
      const known = this.base.readings.get(reading);
      const meaning = known.meanings[known.values.indexOf(value)];
      const { words } = this.base.outcomes[outcome];
      const how = element('code', {}, `${reading} = ${value}`);
      list.append(element('li', {}, element('strong', {}, words), ` if ${meaning} `, how));
      list.parentElement.hidden = false;
    }
  }

  // What there is to say aloud.
  said(asked, answers) {
    return asked.policies
      .map((policy, index) => {
        const outcome = outcomeOf(policy, answers[index].letters);
        return `${policy.title}: ${this.base.outcomes[outcome].words}.`;
      })
      .join(' ');
  }

  chip(policy, { letters }) {
    const outcome = outcomeOf(policy, letters);
    const words = `${policy.title}: ${this.base.outcomes[outcome].words}`;
    const button = element('button', { type: 'button', class: `chip ${outcome}` }, words);
    button.addEventListener('click', () => {
      const heading = byId(`answer-${policy.name}`);
      heading.focus();
      heading.scrollIntoView({ block: 'start' });
    });
    return element('li', {}, button);
  }

  card(asked, policy, answer, plausibility, question) {
    const { letters } = answer;
    const outcome = outcomeOf(policy, letters);
    const { words, payers } = this.base.outcomes[outcome];
    const choices = asked.choices.get(policy.name);
    const text = textOn(policy, choices, asked.text);
    const which = text ? `, ${text.status} text from ${text.start}` : '';
    return element(
      'section', { class: `card ${outcome}`, 'data-policy': policy.name, 'data-outcome': outcome },
      element('h3', { id: `answer-${policy.name}`, tabindex: -1 }, policy.title),
      element('p', { class: 'outcome' }, element('strong', {}, capital(words)), ` ${payers}`),
      element('p', { class: 'hint' }, `${policy.number}, service on ${asked.text}${which}`),
      text ? null : element('p', {}, `No text on record is in force on that date. ${policy.before}.`),
      text?.status === 'reconstructed'
        ? element('p', {}, 'The text of that date is not printed; the change log tells what it asked.')
        : null,
      outcome === 'needs_information' && text ? this.waiting(policy, answer) : null,
      this.warnings(policy, plausibility),
      element(
        'div', { class: 'turns', hidden: true }, element('h4', {}, 'Turns on a reading'),
        element('ul', { id: `turns-${policy.name}` }),
      ),
      text ? this.why(asked, policy, letters, choices, question) : null,
      text ? this.criteria(policy, answer) : null,
    );
  }

  // The facts that a pending request waits for, by who supplies them.
  waiting(policy, { waits_for: names }) {
    if (names.length === 0) {
      const why = 'What is documented conflicts, or is a case that the text leaves open; the reasons tell.';
      return element('p', {}, why);
    }
    const groups = Object.entries(this.base.suppliers).map(([supplier, sentence]) => {
      const wanted = [...this.base.attributes.values()].filter(
        (attribute) => attribute.supplier === supplier && names.includes(attribute.name));
      if (wanted.length === 0) return null;
      return element(
        'div', {}, element('p', { class: 'supplier' }, `${sentence}:`),
        element('ul', {}, wanted.map((attribute) => this.wanted(attribute))),
      );
    });
    const title = `Waits for ${names.length} ${names.length === 1 ? 'fact' : 'facts'}`;
    const body = element('div', { class: 'waits' }, groups);
    return this.disclosure(`waits/${policy.name}`, title, names.length <= MOST_UNFOLDED, body);
  }

  wanted(attribute) {
    const button = element(
      'button', { type: 'button', class: 'link', 'data-fact': attribute.name }, capital(attribute.label));
    button.addEventListener('click', () => this.goTo(attribute.name));
    return element('li', {}, button);
  }

  warnings(policy, { letters }) {
    const found = this.base.plausibility.findings.filter(
      (each) => letters[each.place] === 't' && (each.policy === null || each.policy === policy.name));
    if (found.length === 0) return null;
    return element(
      'div', { class: 'warnings' }, element('h4', {}, 'Look again'),
      element('ul', {}, found.map((each) => element('li', {}, each.sentence))),
    );
  }

  // Made when it is unfolded: most of the time of an answer would go into what nobody looks at.
  why(asked, policy, letters, choices, question) {
    const body = element('div');
    const made = this.disclosure(`why/${policy.name}`, 'Why', false, body);
    const fill = () => {
      if (!made.open || body.hasChildNodes()) return;
      const statement = statementOf(this.base, policy, choices, asked.text);
      const reason = statement && reasonsOf(this.base, statement, letters, asked.facts, question);
      const shown = shownReasons(reason);
      const key = `${policy.name}/${question}`;
      const none = element('p', {}, 'Nothing stands in the way.');
      body.append(shown.length > 0 ? this.tree(shown, key) : none);
    };
    made.addEventListener('toggle', fill);
    fill();
    return made;
  }

  // Nested lists of reasons with their depths; those with parts fold.
  tree(shown, key) {
    const root = element('ul', { class: 'reasons' });
    const lists = [root];
    shown.forEach(([depth, reason], index) => {
      const line = this.reason(reason);
      const item = element('li', {});
      lists.length = depth + 1;
      lists[depth].append(item);
      if (shown[index + 1]?.[0] > depth) {
        const list = element('ul', {});
        lists.push(list);
        item.append(this.disclosure(`${key}/${index}/${reason.statement.node}`, line, true, list));
      } else {
        item.append(element('div', { class: 'leaf' }, line));
      }
    });
    return root;
  }

  reason(reason) {
    const { first, places, more } = linesOf(this.base, reason);
    const mark = element('span', { class: `mark ${MARK_CLASSES[reason.letter]}` }, markOf(reason));
    const since = places ? element('span', { class: 'places' }, ` ${places}`) : null;
    return element('span', { class: 'line' }, mark, ' ', first, more ? `: ${more}` : '', since);
  }

  criteria(policy, { letters, rests_on: places }) {
    const rows = policy.criteria
      .map((criterion) => [criterion, policy.positions.get(criterion.node)])
      .filter(([, place]) => letters[place] !== '-')
      .map(([criterion, place]) => element(
        'tr', { 'data-criterion': criterion.id, 'data-truth': letters[place] },
        element('th', { scope: 'row' }, criterion.id),
        element('td', {}, element('span', { class: `mark ${MARK_CLASSES[letters[place]]}` }, TRUTHS[letters[place]])),
        element('td', {}, criterion.sentence, places.includes(place) ? element('em', {}, ' decides') : null),
      ));
    const head = element(
      'tr', {}, ...['Criterion', 'Holds', 'What it asks'].map((each) => element('th', { scope: 'col' }, each)));
    const table = element('table', {}, element('thead', {}, head), element('tbody', {}, rows));
    return this.disclosure(`criteria/${policy.name}`, `Criteria (${rows.length})`, false, table);
  }

  // Something that folds, and stays as a person left it when the answer changes.
  disclosure(key, title, open, body) {
    const summary = element('summary', {}, title);
    const made = element('details', { open: this.open.get(key) ?? open }, summary, body);
    summary.addEventListener('click', () => this.open.set(key, !made.open)); // not yet toggled
    return made;
  }
}
