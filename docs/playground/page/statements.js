// SPDX-License-Identifier: Apache-2.0
// What a policy asks, as a tree of statements that people can read.
//
// A condition of the rule base as it stands under some readings on some day, before any patient is
// looked at, with `not` carried inwards, so that "yes" always serves the line above. This is the
// wording of the package (lutalogic/statements.py); tests hold the two together line by line.
import { belowNode, startOf } from './base.js';

const HOW = { '': '', all: ' (all of #)', any: ' (one of #)', evidence: ' (evidence, # sources)', not: '' };
const JOINS = { all_of: 'all', any_of: 'any', evidence: 'evidence' };
const OPPOSITE = { all: 'any', any: 'all' };
const HEADINGS = { all: 'All of these', any: 'One of these', evidence: 'By the evidence of these' };
const SOURCE_SENTENCES = {
  supports: 'Speaks for it where this holds',
  rules_out: 'Speaks against it where this holds',
};
const BLANK = {
  id: '', criterion: false, sentence: '', places: '', role: '', joins: '', attributes: [], needs: '',
  asked: true, trivial: false, readings: [], since: '', condition: -1, parts: [],
};

// What a policy asks in all; null where nothing is in force.
export function statementOf(base, policy, choices, day) {
  if (day < startOf(policy, choices)) return null;
  const made = new Maker(base, policy, choices, day).make(policy.root);
  return made && { ...made, sentence: policy.title };
}

// The id of a criterion, the sentence, and how the parts join; else nothing.
export function titleOf(base, asked) {
  if (!asked.sentence) return '';
  const read = otherwiseRead(base, asked).map(([name, value]) => ` [read as ${name} = ${value}]`);
  return titled(asked) + (asked.criterion ? read.join('') : '');
}

function titled(asked) {
  const count = asked.parts.length;
  if (Object.values(HEADINGS).includes(asked.sentence)) return `${asked.sentence} ${count}`;
  let told = asked.role === 'open' ? `Open case: ${asked.sentence}` : asked.sentence;
  if (asked.criterion) told = `${asked.id}  ${told}`;
  return count < 2 || asked.role ? told : told + HOW[asked.joins].replace('#', count);
}

// The readings in a statement that are not taken by default, with their values.
function otherwiseRead(base, asked) {
  const found = new Map();
  for (const [name, value] of asked.readings) {
    if (value !== base.readings.get(name).values[0]) found.set(`${name}=${value}`, [name, value]);
  }
  for (const part of asked.parts) {
    for (const pair of otherwiseRead(base, part)) found.set(pair.join('='), pair);
  }
  return [...found.values()];
}

export function hasCriteria(asked) {
  return asked.criterion || asked.parts.some(hasCriteria);
}

// Its methods return null for what is not in force.
class Maker {
  constructor(base, policy, choices, day) {
    Object.assign(this, { base, policy, choices, day });
  }

  make(number, negated = false, asked = true) {
    const node = this.base.nodes.get(number);
    if (negated && this.whole(number)) return this.denied(number, asked);
    let made;
    switch (node.kind) {
      case 'by_reading':
      case 'by_date': {
        const [onward, readings, since] = this.choose(node);
        made = onward === null ? null : this.make(onward, negated, asked);
        made = made && chosen(made, readings, since);
        break;
      }
      case 'not':
        made = this.make(node.parts[0], !negated, asked);
        break;
      case 'all_of':
      case 'any_of':
      case 'evidence':
        made = this.joined(number, node, negated, asked);
        break;
      default:
        made = this.leaf(number, node, negated, asked);
    }
    return made && this.named(made, number, negated, asked);
  }

  statement(number, flipped, fields) {
    return { ...BLANK, node: number, place: this.policy.positions.get(number), flipped, ...fields };
  }

  // Whether a node reads well only as it stands: a criterion, evidence, an open case.
  whole(number) {
    return (
      this.base.nodes.get(number).kind === 'evidence' ||
      this.policy.criteriaByNode.has(number) ||
      belowNode(this.base, number).some((each) => this.base.nodes.get(each).why)
    );
  }

  denied(number, asked) {
    const made = this.make(number, false, false);
    const fields = { sentence: 'This does not hold', joins: 'not', asked, parts: [made] };
    return made && this.statement(number, true, fields);
  }

  choose(node) {
    if (node.kind === 'by_reading') {
      const choice = this.choices[this.policy.readings.indexOf(node.reading)];
      const value = this.base.readings.get(node.reading).values[choice];
      return [node.parts[choice], [[node.reading, value]], ''];
    }
    const begun = node.dates.filter((date) => date <= this.day).length;
    return [begun ? node.parts[begun - 1] : null, [], begun > 1 ? node.dates[begun - 1] : ''];
  }

  joined(number, node, negated, asked) {
    let joins = JOINS[node.kind];
    const numbers = node.parts.filter((part) => part !== null);
    let made;
    if (joins === 'evidence') {
      made = numbers.map((part) => this.source(part, asked));
    } else {
      const open = numbers.find((part) => this.base.nodes.get(part).why);
      if (joins === 'all' && open !== undefined) return this.open(number, numbers, open, negated);
      joins = negated ? OPPOSITE[joins] : joins;
      made = numbers.map((part) => this.make(part, negated, asked));
    }
    const parts = made.filter((part) => part !== null);
    if (parts.length === 0) return null;
    if (parts.length === 1 && joins !== 'evidence') return parts[0];
    return this.statement(number, negated, {
      sentence: HEADINGS[joins],
      joins,
      asked,
      parts: parts.flatMap((part) => spliced(part, joins)),
    });
  }

  source(number, asked) {
    const node = this.base.nodes.get(number);
    if (node.kind === 'by_reading' || node.kind === 'by_date') {
      const [onward, readings, since] = this.choose(node);
      const made = onward === null ? null : this.source(onward, asked);
      return made && chosen(made, readings, since);
    }
    const sentence = SOURCE_SENTENCES[node.kind];
    if (sentence === undefined) return this.make(number, false, asked);
    const made = this.make(node.parts[0], false, false);
    if (made === null) return null;
    if (made.attributes.length > 0 && !made.id) {
      const place = this.policy.positions.get(number);
      return { ...made, node: number, place, flipped: false, role: node.kind, condition: made.place };
    }
    const fields = { sentence, role: node.kind, joins: 'all', asked: false, parts: [made] };
    return this.statement(number, false, fields);
  }

  // A case that the document leaves open, with the conditions on which it arises.
  open(number, numbers, open, negated) {
    const guards = numbers.filter((part) => !this.base.nodes.get(part).why);
    return this.statement(number, negated, {
      sentence: this.base.nodes.get(open).why,
      role: 'open',
      joins: 'all',
      asked: false,
      parts: guards.map((part) => this.make(part, false, false)).filter((part) => part !== null),
    });
  }

  leaf(number, node, negated, asked) {
    if (node.kind === 'undetermined') {
      return this.statement(number, negated, { sentence: node.why, asked });
    }
    return this.statement(number, negated, {
      attributes: node.attributes,
      needs: node.needs[Number(negated)],
      asked,
      trivial: node.trivial[Number(negated)],
    });
  }

  // A statement under its name, if its node is a criterion or a definition.
  named(made, number, negated, asked) {
    const criterion = this.policy.criteriaByNode.get(number);
    const own = criterion ?? this.policy.definitionsByNode.get(number);
    if (own === undefined) return made;
    const sentence = negated ? own.opposite || `Not so: ${own.sentence}` : own.sentence;
    const name = { id: own.id, criterion: criterion !== undefined, sentence, places: own.places };
    if (!made.id && made.role !== 'open') return { ...made, ...name };
    return this.statement(number, negated, { ...name, joins: 'all', asked, parts: [made] });
  }
}

function chosen(made, readings, since) {
  return { ...made, readings: [...readings, ...made.readings], since: since || made.since };
}

// A part, or its own parts where it adds nothing to the line above.
function spliced(part, joins) {
  const plain =
    part.joins === joins && joins !== 'evidence' && !part.id && !part.role && !part.readings.length;
  return plain && !part.since ? part.parts : [part];
}
