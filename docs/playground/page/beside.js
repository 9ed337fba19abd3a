// SPDX-License-Identifier: Apache-2.0
// What else to know of an answer: what guidelines list, readings that are not the defaults, what is
// documented and leaves it open or is not read, and evidence in conflict. The words are the package's (lutalogic/decision_lines.py);
// tests hold the two together.
import { belowNode } from './base.js';
import { reasonsOf } from './reasons.js';
import { queryText } from './wire.js';
import { factWords } from './words.js';

const HERE = { not_met: 'Not met here', needs_information: 'Pending here' };
const NO_TEXT = 'No text on record here for that date';

// The query for reference knowledge beside a policy, whose readings hold for it, too.
export function referenceQuery(base, policy, day, choices, facts) {
  const taken = base.reference.readings.map((name) => Math.max(choices[policy.readings.indexOf(name)] ?? 0, 0));
  return queryText(base.reference, day, taken, facts, false);
}

// What guidelines list of what is not met or pends here, and what is left to look at, as sentences.
// Where no criterion on the indication decides, a guideline's list says nothing of it.
export function besideLines(base, policy, outcome, inForce, { rests_on: places }, letters) {
  if (outcome === 'met') return [];
  const decides = ({ id, node }) => policy.on_indication.includes(id) && places.includes(policy.positions.get(node));
  const concerned = policy.criteria.some(decides);
  const here = inForce ? concerned && HERE[outcome] : NO_TEXT;
  const listed = base.reference.recommendations.filter(
    ({ drug, place }) => policy.drugs.includes(drug) && letters[place] === 't');
  const told = listed.map(({ guideline, category, sentence }) =>
    `${guideline} lists the indication (${category || 'no category printed'}): ${sentence}`);
  const lines = here && told.length > 0 ? [`${here}; ${told.join('; ')}.`] : [];
  const route = policy.second_routes.find((each) => each.outcome === outcome);
  return route && concerned && outcome === 'not_met' ? [...lines, `${route.sentence}.`] : lines;
}

// The readings taken otherwise than by default, as {name, question, meaning, value, page}.
export function otherwiseTaken(base, policy, choices) {
  return policy.readings.flatMap((name, place) => {
    const choice = choices[place];
    if (choice === 0) return [];
    const { question, meanings, values, page } = base.readings.get(name);
    return [{ name, question, meaning: meanings[choice], value: values[choice], page }];
  });
}

// Why documented facts leave a pending outcome open, as sentences.
export function leftOpen(base, policy, statement, letters, facts) {
  if (letters[policy.positions.get(policy.root)] !== 'u' || statement === null) return [];
  const root = reasonsOf(base, statement, letters, facts, 'why');
  return [...new Set(every(root).flatMap(({ statement: asked, fact, unknown }) => {
    if (unknown !== 'documented, but indeterminate') return [];
    if (asked.attributes.length === 0) return [asked.sentence];
    const members = facts.get(asked.attributes[0])?.known?.kind === 'members';
    return members ? [`${fact} may or may not be what is asked`] : [];
  }))];
}

// The facts that open criteria would read if the text were read otherwise, or another one.
export function notRead(base, policy, statement, letters, facts) {
  if (statement === null) return [];
  const open = policy.criteria.filter(({ node }) => letters[policy.positions.get(node)] === 'u');
  const wanted = new Set(open.flatMap(({ node }) => belowNode(base, node))
    .flatMap((number) => base.nodes.get(number).attributes ?? []));
  const read = new Set();
  const look = (asked) => {
    for (const name of asked.attributes) read.add(name);
    asked.parts.forEach(look);
  };
  look(statement);
  return policy.attributes
    .filter((name) => facts.has(name) && wanted.has(name) && !read.has(name))
    .map((name) => factWords(base.attributes.get(name), facts.get(name)));
}

// The conflicts that Prolog found, as sentences, with the criteria that each touches.
export function inConflict(base, policy, statement, conflicts, facts) {
  return conflicts.map(({ place, for: supporting, against }) => {
    const node = policy.nodes[place];
    const ids = touched(policy, statement, place);
    const above = policy.criteria.find((criterion) => ids.includes(criterion.id));
    const named = policy.criteriaByNode.get(node) ?? policy.definitionsByNode.get(node) ?? above;
    const words = (names) => names
      .filter((name) => facts.get(name) !== undefined)
      .map((name) => factWords(base.attributes.get(name), facts.get(name))).join(', ');
    const about = named?.sentence ?? policy.title;
    const sides = `${words(supporting)} speaks for it, ${words(against)} against it`;
    return `${about}: ${sides}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}`;
  });
}

// The ids of the criteria that have a place below them, with no other criterion between.
function touched(policy, statement, place) {
  const found = new Set();
  const look = (asked, id) => {
    const within = asked.criterion ? asked.id : id;
    if (asked.place === place && within) found.add(within);
    for (const part of asked.parts) look(part, within);
  };
  look(statement, '');
  return policy.criteria.map((criterion) => criterion.id).filter((id) => found.has(id));
}

function every(reason) {
  return [reason, ...reason.parts.flatMap(every)];
}
