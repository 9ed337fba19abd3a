// SPDX-License-Identifier: Apache-2.0
// What the record says of a fact, in the words of the rule base.
import { compared, numberText, wholeOf } from './exact.js';

export const UNDOCUMENTED = 'not documented';

function quantityWords(attribute, shown) {
  return attribute.unit_words ? `${shown} ${attribute.unit_words}` : shown;
}

// What is known of a fact: a number, an interval, an option, or members of a set.
export function valueWords(attribute, known) {
  switch (known.kind) {
    case 'number':
      return quantityWords(attribute, numberText(known.value));
    case 'span':
      return spanWords(attribute, known);
    case 'option':
      return attribute.options[known.index][1];
    case 'members':
      return membersWords(attribute, known.mask);
    default:
      return 'never';
  }
}

function membersWords(attribute, mask) {
  const chosen = attribute.options.filter((_, index) => (mask >> index) & 1);
  return chosen.map(([, words]) => words).join(', ') || 'none';
}

function spanWords(attribute, { low, lowOpen, high, highOpen }) {
  const [bottom, top] = attribute.range.map(wholeOf);
  if (compared(low, bottom) === 0 && !lowOpen) {
    return `${highOpen ? 'below' : 'at most'} ${quantityWords(attribute, numberText(high))}`;
  }
  if (compared(high, top) === 0 && !highOpen) {
    return `${lowOpen ? 'above' : 'at least'} ${quantityWords(attribute, numberText(low))}`;
  }
  return quantityWords(attribute, `${numberText(low)} to ${numberText(high)}`);
}

// What the record says of a fact, after its label; `fact` is {known}, or undefined.
export function factWords(attribute, fact) {
  if (fact === undefined) return `${attribute.label}: ${UNDOCUMENTED}`;
  if (fact.known === null) {
    const [low, high] = attribute.range;
    const told = quantityWords(attribute, `${low} to ${high}`);
    return `${attribute.label}: ${told}, which says nothing`;
  }
  const numeric = fact.known.kind === 'number' || fact.known.kind === 'span';
  const spaced = numeric && !attribute.counted ? ' ' : ': ';
  return `${attribute.label}${spaced}${valueWords(attribute, fact.known)}`;
}
