// SPDX-License-Identifier: Apache-2.0
// The answers: outcome, what it waits for, warnings, readings it turns on, reasons and criteria.
import { textOn } from './base.js';
import { besideLines, inConflict, leftOpen, notRead, otherwiseTaken } from './beside.js';
import { byId, capital, element, pageLink } from './dom.js';
import { COMBINED, combined, criterionLink, criterionPage } from './missing.js';
import { linesOf, markOf, reasonsOf, shownReasons } from './reasons.js';
import { statementOf } from './statements.js';
import { openConditions } from './waiting.js';

const NOT_READ = 'Documented, and read by an open criterion only under other readings or dates';
const OUTCOMES = { t: 'met', f: 'not_met', u: 'needs_information', '-': 'needs_information' };
const MARK_CLASSES = { t: 'yes', f: 'no', u: 'open' };
const TRUTHS = { t: 'yes', f: 'no', u: 'unknown' };

// More facts that a request waits for are folded at first: the next answer would be far away.
const MOST_UNFOLDED = 8;

export function outcomeOf(policy, letters) {
  return OUTCOMES[letters[policy.positions.get(policy.root)]];
}

// Items of a list under their title; nothing where there are none.
function section(name, title, items) {
  if (items.length === 0) return null;
  return element('div', { class: name }, element('h4', {}, title), element('ul', {}, items));
}

export class Answers {
  // `goTo` is called with the name of a fact that one wants to document.
  constructor(base, goTo) {
    this.base = base;
    this.goTo = goTo;
    this.open = new Map(); // what a person opened or closed, by its key
  }

  // Show the answers to what was asked: those in `found` by policy, and plausibility. A policy
  // that has none is withheld.
  show({ asked, found, plausible }, question) {
    const cards = asked.policies.map((policy) =>
      found.has(policy.name)
        ? this.card(asked, policy, found.get(policy.name), plausible, question)
        : this.withheld(asked, policy));
    byId('cards').replaceChildren(...cards);
    byId('strip').replaceChildren(...asked.policies.map((policy) => this.chip(policy, found.get(policy.name))));
  }

  // Fill in on which readings each outcome turns: [policy, reading, value, outcome] each.
  showTurns(asked, turns) {
    for (const [policy, name, value, outcome] of turns) {
      const list = byId(`turns-${policy.name}`);
      const reading = this.base.readings.get(name);
      const taken = asked.choices.get(policy.name)[policy.readings.indexOf(name)];
      const register = reading.page ? [' ', pageLink(reading.page, 'in the register')] : [];
      list.append(element(
        'li', {}, element('strong', {}, capital(this.base.outcomes[outcome].words)), ' where one reads otherwise: ',
        element('span', { class: 'question' }, reading.question), ' ',
        element('q', {}, reading.meanings[reading.values.indexOf(value)]), ', not ',
        element('q', {}, reading.meanings[taken]), ...register,
        ' ', element('code', { class: 'id' }, `${name} = ${value}`),
      ));
      list.parentElement.hidden = false;
    }
  }

  // What there is to say aloud.
  said(asked, found) {
    return asked.policies.map((policy) => `${policy.title}: ${this.words(policy, found.get(policy.name))}.`).join(' ');
  }

  words(policy, answer) {
    return answer ? this.base.outcomes[outcomeOf(policy, answer.letters)].words : 'no outcome';
  }

  chip(policy, answer) {
    const outcome = answer ? outcomeOf(policy, answer.letters) : 'withheld';
    const words = `${policy.title}: ${this.words(policy, answer)}`;
    const button = element('button', { type: 'button', class: `chip ${outcome}` }, words);
    button.addEventListener('click', () => {
      const heading = byId(`answer-${policy.name}`);
      heading.focus();
      heading.scrollIntoView({ block: 'start' });
    });
    return element('li', {}, button);
  }

  // Instead of an outcome, what must be mended first.
  withheld(asked, policy) {
    const fields = asked.unread.get(policy.name);
    const wanted = fields.length > 0 ? [
      element('p', {}, 'What is typed here cannot be read. Mend it or empty it:'),
      element('ul', {}, fields.map((field) => this.wanted(field.attribute))),
    ] : [];
    const doubted = asked.doubted
      ? element('p', {}, 'Not all that the link says can be taken. Mend it, or leave it out; the list stands above.')
      : null;
    return element(
      'section', { class: 'card withheld', 'data-policy': policy.name, 'data-outcome': 'withheld' },
      element('h3', { id: `answer-${policy.name}`, tabindex: -1 }, policy.title),
      element('p', { class: 'outcome' }, element('strong', {}, 'No outcome'), ' Nothing is decided.'),
      doubted, wanted,
    );
  }

  card(asked, policy, answer, plausibility, question) {
    const { letters } = answer;
    const outcome = outcomeOf(policy, letters);
    const { words, payers } = this.base.outcomes[outcome];
    const choices = asked.choices.get(policy.name);
    const text = textOn(policy, choices, asked.text);
    let made; // once, where anything that is unfolded needs it
    const statement = () => (made ??= statementOf(this.base, policy, choices, asked.text));
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
      this.beside(policy, outcome, text, answer),
      this.readOtherwise(policy, choices),
      text ? this.unsettled(asked, policy, answer, statement) : null,
      outcome === 'needs_information' && text ? this.waiting(policy, answer, statement) : null,
      this.warnings(policy, plausibility),
      element(
        'div', { class: 'turns', hidden: true }, element('h4', {}, 'Turns on a reading'),
        element('ul', { id: `turns-${policy.name}` }),
      ),
      text ? this.why(asked, policy, letters, statement, question) : null,
      text ? this.criteria(policy, answer) : null,
    );
  }

  // The facts that a pending request waits for: how they combine, and who supplies them.
  waiting(policy, { letters, waits_for: names }, statement) {
    if (names.length === 0) return element('p', {}, 'Waits for no fact: what is documented leaves it open.');
    const groups = Object.entries(this.base.suppliers).map(([supplier, sentence]) => {
      const wanted = [...this.base.attributes.values()].filter(
        (attribute) => attribute.supplier === supplier && names.includes(attribute.name));
      if (wanted.length === 0) return null;
      return element(
        'div', {}, element('p', { class: 'supplier' }, `${sentence}:`),
        element('ul', {}, wanted.map((attribute) => this.wanted(attribute))),
      );
    });
    const suppliers = element('div', { class: 'waits' }, groups);
    const few = names.length <= MOST_UNFOLDED;
    if (names.length === 1) return this.disclosure(`waits/${policy.name}`, 'Waits for 1 fact', true, suppliers);
    const tree = element('div', { class: 'combined' });
    const who = this.disclosure(`suppliers/${policy.name}`, 'Who supplies them', few, suppliers);
    const title = `Waits for ${names.length} facts, not all of which may be needed`;
    const body = element('div', {}, element('p', { class: 'hint' }, COMBINED), tree, who);
    const made = this.disclosure(`waits/${policy.name}`, title, few, body);
    return this.filled(made, () => {
      const button = (name) => this.button(this.base.attributes.get(name));
      tree.append(...combined(policy, openConditions(statement(), letters, names), button));
    });
  }

  // Reference knowledge: it decides nothing.
  beside(policy, outcome, text, answer) {
    const told = besideLines(this.base, policy, outcome, text !== null, answer, answer.reference);
    return section('beside', 'Beside the decision', told.map((each) => element('li', {}, each)));
  }

  readOtherwise(policy, choices) {
    const taken = otherwiseTaken(this.base, policy, choices).map(({ name, question, meaning, value, page }) =>
      element(
        'li', {}, element('span', { class: 'question' }, question), ' ', element('q', {}, meaning),
        ...(page ? [' ', pageLink(page, 'in the register')] : []),
        ' ', element('code', { class: 'id' }, `${name} = ${value}`),
      ));
    return section('otherwise', 'Read otherwise than by default', taken);
  }

  // What no further fact may settle, told whatever else an answer waits for.
  unsettled(asked, policy, { letters, conflicts }, statement) {
    const { base } = this;
    const pending = outcomeOf(policy, letters) === 'needs_information';
    const open = pending ? leftOpen(base, policy, statement(), letters, asked.facts) : [];
    const torn = conflicts.length > 0 ? inConflict(base, policy, statement(), conflicts, asked.facts) : [];
    const lines = (told) => told.map((each) => element('li', {}, each));
    return [
      section('left-open', 'Documented, and still open', lines(open)),
      section('not-read', NOT_READ, lines(notRead(base, policy, statement(), letters, asked.facts))),
      section('conflicts', 'In conflict', lines(torn)),
    ];
  }

  wanted(attribute) {
    return element('li', {}, this.button(attribute));
  }

  button(attribute) {
    const button = element(
      'button', { type: 'button', class: 'link', 'data-fact': attribute.name }, capital(attribute.label));
    button.addEventListener('click', () => this.goTo(attribute.name));
    return button;
  }

  warnings(policy, { letters }) {
    const found = this.base.plausibility.findings.filter(
      (each) => letters[each.place] === 't' && (each.policy === null || each.policy === policy.name));
    return section('warnings', 'Look again', found.map((each) => element('li', {}, each.sentence)));
  }

  // Made when it is unfolded: most of the time of an answer would go into what nobody looks at.
  why(asked, policy, letters, statement, question) {
    const body = element('div');
    const made = this.disclosure(`why/${policy.name}`, 'Why', false, body);
    return this.filled(made, () => {
      const asks = statement();
      const reason = asks && reasonsOf(this.base, asks, letters, asked.facts, question);
      const shown = shownReasons(reason);
      const key = `${policy.name}/${question}`;
      const none = element('p', {}, 'Nothing stands in the way.');
      body.append(shown.length > 0 ? this.tree(policy, shown, key) : none);
    });
  }

  // Something that folds, with what is filled in once it is open.
  filled(made, fill) {
    let done = false;
    const fillOnce = () => {
      if (!made.open || done) return;
      done = true;
      fill();
    };
    made.addEventListener('toggle', fillOnce);
    fillOnce();
    return made;
  }

  // Nested lists of reasons with their depths; those with parts fold.
  tree(policy, shown, key) {
    const root = element('ul', { class: 'reasons' });
    const lists = [root];
    shown.forEach(([depth, reason], index) => {
      const parts = shown[index + 1]?.[0] > depth;
      const { id, criterion } = reason.statement;
      const page = criterion ? criterionPage(policy, id) : undefined;
      const line = this.reason(reason, parts ? undefined : page);
      const item = element('li', {});
      lists.length = depth + 1;
      lists[depth].append(item);
      if (parts) {
        const list = element('ul', {});
        lists.push(list);
        // What folds may hold no link in its own line.
        const told = page ? element('p', { class: 'hint' }, pageLink(page, `${id} in the rules`)) : null;
        item.append(this.disclosure(`${key}/${index}/${reason.statement.node}`, line, true, element('div', {}, told, list)));
      } else {
        item.append(element('div', { class: 'leaf' }, line));
      }
    });
    return root;
  }

  reason(reason, page) {
    const { first, places, more } = linesOf(this.base, reason);
    const { id } = reason.statement;
    const link = page && first.startsWith(id) ? pageLink(page, id) : '';
    const mark = element('span', { class: `mark ${MARK_CLASSES[reason.letter]}` }, markOf(reason));
    const since = places ? element('span', { class: 'places' }, ` ${places}`) : null;
    return element('span', { class: 'line' }, mark, ' ', link, link ? first.slice(id.length) : first, more ? `: ${more}` : '', since);
  }

  criteria(policy, { letters, rests_on: places }) {
    const rows = policy.criteria
      .map((criterion) => [criterion, policy.positions.get(criterion.node)])
      .filter(([, place]) => letters[place] !== '-')
      .map(([criterion, place]) => element(
        'tr', { 'data-criterion': criterion.id, 'data-truth': letters[place] },
        element('th', { scope: 'row' }, criterionLink(policy, criterion.id)),
        element('td', {}, element('span', { class: `mark ${MARK_CLASSES[letters[place]]}` }, TRUTHS[letters[place]])),
        element('td', {}, criterion.sentence, places.includes(place) ? element('em', {}, ' decides') : null),
      ));
    const head = element(
      'tr', {}, ...['Criterion', 'Holds', 'What it asks'].map((each) => element('th', { scope: 'col' }, each)));
    const table = element('table', {}, element('thead', {}, head), element('tbody', {}, rows));
    const name = `Criteria of ${policy.title}`;
    const body = element('div', { class: 'wide-table', role: 'region', 'aria-label': name, tabindex: 0 }, table);
    return this.disclosure(`criteria/${policy.name}`, `Criteria (${rows.length})`, false, body);
  }

  // Something that folds, and stays as a person left it when the answer changes.
  disclosure(key, title, open, body) {
    const summary = element('summary', {}, title);
    const made = element('details', { open: this.open.get(key) ?? open }, summary, body);
    summary.addEventListener('click', () => this.open.set(key, !made.open)); // not yet toggled
    return made;
  }
}
