// SPDX-License-Identifier: Apache-2.0
// Reasons: the statements of a policy with the letters that Prolog gave their conditions.
//
// Which reasons a tree shows depends on the question: `why` the shortest that fix the answer,
// `why_not` everything between the request and "met", `whole` all that is in force. This is
// the wording of the package (lutalogic/reasons.py); tests hold the two together line by line.
import { hasCriteria, titleOf } from './statements.js';
import { factWords } from './words.js';

const MARKS = { t: 'yes', f: 'no', u: '?' };
const SOURCE_MARKS = { t: 'for', f: 'against', u: 'silent' };
const FLIPPED = { t: 'f', f: 't', u: 'u', '-': '-' };
const INDETERMINATE = 'documented, but indeterminate';
const CONFLICTING = 'conflicting';
const SAID = [INDETERMINATE, CONFLICTING];

// What the record makes of a statement, as a tree of {statement, letter, fact, unknown, parts}.
export function reasonsOf(base, root, letters, facts, question) {
  return new Filler(base, letters, facts, question).fill(root);
}

// The reasons to show with their depths; what only passes on its one part is not a line.
export function shownReasons(reason) {
  if (reason === null) return [];
  const tops = reason.statement.id ? [reason] : reason.parts;
  return tops.flatMap((top) => flat(top, 0));
}

function flat(reason, depth) {
  const asked = reason.statement;
  const told = asked.id || asked.role || asked.readings.length || asked.joins === 'not';
  if (reason.parts.length === 1 && !told) return flat(reason.parts[0], depth);
  return [[depth, reason], ...reason.parts.flatMap((part) => flat(part, depth + 1))];
}

// One word: yes, no or ?; of a source of evidence for, against or silent.
export function markOf({ statement, letter }) {
  return (isSource(statement) ? SOURCE_MARKS : MARKS)[letter];
}

// The first line of a reason, the places it rests on, and the line below it.
export function linesOf(base, reason) {
  const title = reasonTitle(base, reason);
  if (!title) return { first: told(reason), places: '', more: '' };
  return { first: title, places: reason.statement.places, more: told(reason) };
}

function reasonTitle(base, { statement, unknown }) {
  const title = titleOf(base, statement);
  const why = title && SAID.includes(unknown) && statement.attributes.length === 0;
  return why ? `${title} (${unknown})` : title;
}

// The fact against what is needed of it; nothing if no fact is read here.
function told({ statement, letter, fact, unknown }) {
  if (statement.attributes.length === 0) return '';
  const why = SAID.includes(unknown) ? ` (${unknown})` : '';
  if (statement.role) {
    const speaks = letter !== 'u';
    const side = statement.role === 'supports' ? 'for it' : 'against it';
    if (speaks && statement.trivial) return `${fact}, which speaks ${side}`;
    return `${fact}; ${statement.needs} ${speaks ? 'speaks' : 'would speak'} ${side}${why}`;
  }
  if (statement.trivial && letter === 't') return fact;
  return `${fact}; ${statement.asked ? 'needs' : 'if'} ${statement.needs}${why}`;
}

function isSource(statement) {
  return statement.role === 'supports' || statement.role === 'rules_out';
}

// Whether a statement only makes something of its one part: a source, or a denial.
function passesOn(statement) {
  return isSource(statement) || statement.joins === 'not';
}

class Filler {
  constructor(base, letters, facts, question) {
    Object.assign(this, { base, letters, facts, costs: new Map(), within: false });
    this.obstructing = question === 'why_not';
    this.choose = {
      why: this.shortest, why_not: this.obstacles, whole: (asked) => asked.parts,
    }[question];
  }

  fill(asked) {
    const letter = this.letter(asked);
    let fact = '';
    let unknown = null;
    if (asked.attributes.length > 0) {
      [fact, unknown] = this.fact(asked.attributes);
      // A source whose condition fails is silent, not open.
      if (asked.condition >= 0 && this.letters[asked.condition] !== 'u') unknown = null;
    } else if (asked.joins === 'evidence') {
      unknown = this.torn(asked) ? CONFLICTING : null;
    } else if (this.leftOpen(asked)) {
      unknown = INDETERMINATE;
    }
    const parts = this.choose.call(this, asked, letter);
    const before = [this.choose, this.within];
    if (this.obstructing && passesOn(asked)) this.choose = this.shortest; // why it speaks, or not
    this.within = this.within || asked.criterion;
    const filled = parts.map((part) => this.fill(part));
    [this.choose, this.within] = before;
    return { statement: asked, letter, fact, unknown: letter === 'u' ? unknown : null, parts: filled };
  }

  letter(asked) {
    const letter = this.letters[asked.place];
    return asked.flipped ? FLIPPED[letter] : letter;
  }

  fact(names) {
    const words = names.map((name) => factWords(this.base.attributes.get(name), this.facts.get(name)));
    const undocumented = names.some((name) => !this.facts.has(name));
    return [words.join(' and '), undocumented ? 'not documented' : INDETERMINATE];
  }

  torn(asked) {
    const letters = asked.parts.map((part) => this.letter(part));
    return letters.includes('t') && letters.includes('f');
  }

  leftOpen(asked) {
    return (asked.role === 'open' || !asked.joins) && this.arises(asked);
  }

  arises(asked) {
    return asked.parts.every((guard) => this.letter(guard) === 't');
  }

  // The parts that keep a statement from being true.
  obstacles(asked, letter) {
    if (passesOn(asked)) return asked.parts;
    if (letter === 't') return [];
    if (asked.joins === 'evidence') return this.speaking(asked, letter);
    if (asked.role === 'open' && this.arises(asked)) return asked.parts;
    if (asked.joins === 'any') {
      const told = asked.parts.filter(
        (part) => this.letter(part) !== 't' && !this.idle(part, asked.parts.length),
      );
      return this.requestLast(told);
    }
    const keeping = this.within || !hasCriteria(asked) ? letter : 'fu';
    return asked.parts.filter((part) => keeping.includes(this.letter(part)));
  }

  // The fewest parts that fix the truth of a statement.
  shortest(asked, letter) {
    if (passesOn(asked)) return asked.parts;
    if (asked.joins === 'evidence') return this.speaking(asked, letter);
    const same = asked.parts.filter((part) => this.letter(part) === letter);
    if ((asked.joins === 'all' && letter === 'f') || (asked.joins === 'any' && letter === 't')) {
      return [same.reduce((best, part) => (this.cost(part) < this.cost(best) ? part : best))];
    }
    if (asked.joins === 'all' && letter === 'u') return same.length > 0 ? same : asked.parts;
    if (asked.joins === 'any') {
      const told = same.filter((part) => !this.idle(part, same.length));
      return this.requestLast(told.length > 0 ? told : same);
    }
    return asked.parts;
  }

  // The sources that speak; where none does, all.
  speaking(asked, letter) {
    const told = letter === 'u' ? 'tf' : letter;
    const found = asked.parts.filter((part) => told.includes(this.letter(part)));
    return found.length > 0 ? found : asked.parts;
  }

  // Whether a part is an open case that does not arise, one alternative of several.
  idle(part, among) {
    if (part.role !== 'open' || among < 2 || this.arises(part)) return false;
    return this.letter(part) === 'u' || !part.parts.some((guard) => this.letter(guard) === 't');
  }

  // Alternatives of which only what is asked for speaks come last.
  requestLast(parts) {
    const last = parts.filter((part) => this.ofTheRequest(part));
    return [...parts.filter((part) => !last.includes(part)), ...last];
  }

  ofTheRequest(asked) {
    if (asked.attributes.length > 0) {
      return asked.attributes.every((name) => this.base.attributes.get(name).group === 'request');
    }
    const chosen = this.shortest(asked, this.letter(asked));
    return chosen.length > 0 && chosen.every((part) => this.ofTheRequest(part));
  }

  // The number of facts that the shortest reasons of a statement take.
  cost(asked) {
    if (!this.costs.has(asked)) {
      const parts = this.shortest(asked, this.letter(asked));
      this.costs.set(asked, parts.reduce((sum, part) => sum + this.cost(part), 0) || 1);
    }
    return this.costs.get(asked);
  }
}
