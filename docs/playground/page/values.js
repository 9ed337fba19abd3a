// SPDX-License-Identifier: Apache-2.0
// What one typed or chose, read as the set of values that a fact may still have.
//
// A known value is {kind: 'number', value}, {kind: 'span', low, lowOpen, high, highOpen},
// {kind: 'option', index}, {kind: 'members', mask} or {kind: 'never'}; null leaves every value.
// The rules are those of the package: tests hold the two together.
import { MOST_DIGITS, ceilingOf, compared, exactOf, floorOf, isWhole, plus, wholeOf } from './exact.js';

const INTERVAL =
  /^(?:(<=|>=|<|>)(-?[0-9]+(?:\.[0-9]+)?)|(-?[0-9]+(?:\.[0-9]+)?)-(-?[0-9]+(?:\.[0-9]+)?))$/;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

// Something that cannot be read, with a message for the person who typed it.
export class Unreadable extends Error {}

// The fact that a typed text, a chosen option or a list of options states: {known}.
// Empty text and null are "not documented": undefined.
export function readFact(attribute, given) {
  if (given === null || given === undefined || given === '') return undefined;
  switch (attribute.type) {
    case 'boolean':
    case 'enum':
      return { known: { kind: 'option', index: optionIndex(attribute, given) } };
    case 'set':
      return { known: { kind: 'members', mask: membersMask(attribute, given) } };
    default:
      if (typeof given !== 'string') throw new Unreadable('this is no text');
      return { known: quantity(attribute, given.trim()) };
  }
}

function optionIndex(attribute, name) {
  const index = attribute.options.findIndex(([option]) => option === name);
  if (index < 0) throw new Unreadable('this is none of the options');
  return index;
}

function membersMask(attribute, names) {
  if (!Array.isArray(names)) throw new Unreadable('this is no list of options');
  return names.reduce((mask, name) => mask | (1 << optionIndex(attribute, name)), 0);
}

function quantity(attribute, text) {
  if (text.length > 4 * MOST_DIGITS) throw new Unreadable('this is too long for a number');
  if (text === 'never' && attribute.type === 'elapsed') return { kind: 'never' };
  if (NUMBER.test(text)) {
    const value = inRange(attribute, text);
    if (attribute.type === 'integer' && !isWhole(value)) {
      throw new Unreadable(`${text} is not a whole number`);
    }
    return { kind: 'number', value };
  }
  const matched = INTERVAL.exec(text);
  if (matched === null) throw new Unreadable(remedy(attribute, text));
  return interval(attribute, text, matched);
}

function interval(attribute, text, [, operator, end, first, second]) {
  const [bottom, top] = attribute.range.map(wholeOf);
  let low = bottom;
  let high = top;
  let lowOpen = false;
  let highOpen = false;
  if (operator === undefined) {
    low = inRange(attribute, first);
    high = inRange(attribute, second);
  } else if (operator.startsWith('<')) {
    high = inRange(attribute, end);
    highOpen = operator === '<';
  } else {
    low = inRange(attribute, end);
    lowOpen = operator === '>';
  }
  if (attribute.type === 'integer') {
    low = lowOpen ? plus(floorOf(low), 1) : ceilingOf(low);
    high = highOpen ? plus(ceilingOf(high), -1) : floorOf(high);
    lowOpen = false;
    highOpen = false;
  }
  const order = compared(low, high);
  if (order > 0 || (order === 0 && (lowOpen || highOpen))) {
    const whole = attribute.type === 'integer' ? 'whole ' : '';
    throw new Unreadable(`${text} holds no ${whole}number from ${rangeText(attribute)}`);
  }
  if (order === 0) return { kind: 'number', value: low };
  const all = compared(low, bottom) === 0 && compared(high, top) === 0 && !lowOpen && !highOpen;
  // An interval that is the whole range says nothing, except that something happened at all.
  if (all && attribute.type !== 'elapsed') return null;
  return { kind: 'span', low, lowOpen, high, highOpen };
}

function inRange(attribute, text) {
  if (text.replace(/[-.]/g, '').length > MOST_DIGITS) {
    throw new Unreadable(`a number of more than ${MOST_DIGITS} digits is no measurement`);
  }
  const value = exactOf(text);
  const [low, high] = attribute.range.map(wholeOf);
  if (compared(value, low) < 0 || compared(value, high) > 0) {
    throw new Unreadable(`${text} lies outside the range ${rangeText(attribute)}; check the unit`);
  }
  return value;
}

export function rangeText(attribute) {
  const [low, high] = attribute.range;
  const unit = attribute.unit_words || attribute.unit;
  return `${low} to ${high}${unit ? ` ${unit}` : ''}`;
}

// What to write instead.
function remedy(attribute, text) {
  const plain = text
    .replace(/≤/g, '<=')
    .replace(/≥/g, '>=')
    .replace(/[–−]/g, '-')
    .replace(/\s+/g, '');
  const bare = attribute.unit && plain.endsWith(attribute.unit.replace(/\s+/g, ''))
    ? plain.slice(0, -attribute.unit.replace(/\s+/g, '').length)
    : plain.replace(/%$/, '');
  if (NUMBER.test(bare) || INTERVAL.test(bare)) return `write ${bare}`;
  if (/^[<>]?=?-?[0-9]+,[0-9]+$/.test(bare)) return 'write decimals after a point';
  const never = attribute.type === 'elapsed' ? ', or never' : '';
  return `write a number, <5, <=5, >60, >=60 or 2-10${never}`;
}

// The day number (YYYYMMDD) of a date written YYYY-MM-DD.
export function readDay(text) {
  const matched = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (matched) {
    const [year, month, day] = matched.slice(1).map(Number);
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
    if (year >= 1 && day >= 1 && day <= days) return year * 10000 + month * 100 + day;
  }
  throw new Unreadable('this is no calendar date; write YYYY-MM-DD, as 2026-06-01');
}
