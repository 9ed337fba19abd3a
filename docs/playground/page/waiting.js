// SPDX-License-Identifier: Apache-2.0
// How the facts that a pending request waits for combine: the conditions that are still open, in
// the document's order, as a tree of {statement, joins, facts, parts}.
//
// The facts themselves are named by Prolog; the tree says only where each is read. Tests hold it
// to having all of them and no other.

// The open conditions below a statement that read some of the named facts, or null.
export function openConditions(asked, letters, names) {
  return new Opener(letters, names).open(asked, false);
}

// The names of the facts in a tree, each once.
export function factsIn(tree) {
  return tree === null ? [] : [...new Set([...tree.facts, ...tree.parts.flatMap(factsIn)])];
}

class Opener {
  constructor(letters, names) {
    Object.assign(this, { letters, names });
  }

  // `all` where sources disagree: whatever may silence one lies anywhere below it.
  open(asked, all) {
    if (!all && !this.isOpen(asked)) return null;
    if (asked.attributes.length > 0) {
      const facts = asked.attributes.filter((name) => this.names.includes(name));
      return facts.length > 0 ? { statement: asked, joins: 'all', facts, parts: [] } : null;
    }
    const torn = asked.joins === 'evidence' && this.torn(asked);
    const below = torn ? asked.parts.filter((part) => this.letters[part.place] !== 'u') : asked.parts;
    const found = below.map((part) => this.open(part, all || torn)).filter((part) => part !== null);
    const parts = merged(found.flatMap((part) => lifted(part, asked.joins)));
    if (parts.length === 0) return null;
    const passesOn = !asked.criterion && !asked.role && asked.joins !== 'not';
    if (parts.length === 1 && passesOn) return parts[0];
    return { statement: asked, joins: asked.joins, facts: [], parts };
  }

  // A source whose condition fails is silent, and waits for nothing.
  isOpen(asked) {
    const place = asked.attributes.length > 0 && asked.condition >= 0 ? asked.condition : asked.place;
    return this.letters[place] === 'u';
  }

  torn(asked) {
    const letters = asked.parts.map((part) => this.letters[part.place]);
    return letters.includes('t') && letters.includes('f');
  }
}

// A part, or its own parts where it adds nothing to the line above.
function lifted(part, joins) {
  const { statement } = part;
  const plain = part.joins === joins && joins !== 'evidence' && part.parts.length > 0;
  return plain && !statement.id && !statement.role ? part.parts : [part];
}

// Of conditions side by side on the same facts one is kept, without what it needs of them.
function merged(parts) {
  const found = new Map();
  for (const part of parts) {
    const leaf = part.parts.length === 0 && !part.statement.id;
    const key = leaf ? part.facts.join() : part;
    const before = found.get(key);
    found.set(key, before ? { ...before, several: true } : part);
  }
  return [...found.values()];
}
