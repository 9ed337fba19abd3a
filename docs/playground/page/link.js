// SPDX-License-Identifier: Apache-2.0
// What stands in the form as the fragment of an address, which browsers send to no server.
//
//     #on=2026-06-01&policy=wellmark_lutathera&fact.ki67_percent=<5&reading.w_item1=literal_list
//
// A set is its options with commas between, and `none` where it is documented to be empty.

const LONGEST = 20000;
const LONGEST_VALUE = 240;
const NONE = 'none';

// The fragment, without its `#`, of {day, policies, readings, given}.
export function fragmentOf(state) {
  const pairs = new URLSearchParams();
  pairs.append('on', state.day);
  for (const name of state.policies) pairs.append('policy', name);
  for (const [name, value] of state.readings) pairs.append(`reading.${name}`, value);
  for (const [name, value] of state.given) {
    pairs.append(`fact.${name}`, Array.isArray(value) ? value.join(',') || NONE : value);
  }
  return pairs.toString();
}

// What a fragment states, and in `problems` what of it is not taken: {key, text} each. Of what is
// given twice nothing is taken: either may be what was meant.
export function stateOf(base, fragment) {
  const state = { day: null, policies: new Set(), readings: new Map(), given: new Map(), problems: [] };
  if (fragment.length > LONGEST) {
    state.problems.push({ key: '', text: 'it is too long to be a link of this page' });
    return state;
  }
  const pairs = [...new URLSearchParams(fragment)];
  const keys = new Set();
  const repeated = new Set();
  for (const [key] of pairs) (key !== 'policy' && keys.has(key) ? repeated : keys).add(key);
  const told = new Map(); // by what they say: the same is told once
  for (const [key, value] of pairs) {
    const twice = repeated.has(key);
    if (twice && key === 'on') state.day = '';
    if (!twice && taken(base, state, key, value)) continue;
    const given = `${shortened(key)}=${shortened(value)}`;
    const text = twice ? `${shortened(key)} is given more than once` : `${given}: this form has no such thing`;
    told.set(text, { key, text });
  }
  state.problems.push(...told.values());
  return state;
}

function taken(base, state, key, value) {
  if (value.length > LONGEST_VALUE) return false;
  if (key === 'on') {
    state.day = value;
    return true;
  }
  if (key === 'policy') {
    if (!base.policies.some((policy) => policy.name === value)) return false;
    state.policies.add(value);
    return true;
  }
  const [kind, name] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)];
  if (kind === 'reading') {
    if (!base.readings.get(name)?.values.includes(value)) return false;
    state.readings.set(name, value);
    return true;
  }
  const attribute = kind === 'fact' ? base.attributes.get(name) : undefined;
  if (attribute === undefined || !attribute.asked) return false;
  const given = givenOf(attribute, value);
  if (given === null) return false;
  state.given.set(name, given);
  return true;
}

// Numbers are taken as they are: the field itself says what is wrong with one.
function givenOf(attribute, value) {
  if (value === '') return null;
  if (attribute.options.length === 0) return value;
  const names = attribute.options.map(([name]) => name);
  if (attribute.type !== 'set') return names.includes(value) ? value : null;
  const members = value === NONE ? [] : value.split(',');
  return members.every((name) => names.includes(name)) ? members : null;
}

function shortened(text) {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
