// SPDX-License-Identifier: Apache-2.0
// What the modules of the page make of lines of JSON: node page_words.mjs PLAYGROUND
//
//     {"policy": ..., "on": ..., "readings": {...}, "given": {...}, "letters": "tfu..."}
//
// gets {"query": ..., "why": [...], "why_not": [...], "whole": [...]}, the lines of reasons, and with
// "pending" also {"placed": [...]}, the undocumented facts that the open conditions read; with
// "answer" and the letters of "reference" as Prolog gave them, {"reference": ..., "beside": [...],
// "otherwise": [...], "open": [...], "unread": [...], "conflicts": [...]}; and
//
//     {"fact": ..., "given": ...}
//
// gets {"known": ...}, or {"error": ...} for what cannot be read; and {"fragment": ...} the state
// that it stands for, with the fragment made of that again.
import fs from 'node:fs';
import path from 'node:path';
import { outcomeOf } from '../../docs/playground/page/answer.js';
import { baseOf, choicesOf, policyNamed, textOn } from '../../docs/playground/page/base.js';
import { besideLines, inConflict, leftOpen, notRead, otherwiseTaken, referenceQuery } from '../../docs/playground/page/beside.js';
import { fragmentOf, stateOf } from '../../docs/playground/page/link.js';
import { linesOf, markOf, reasonsOf, shownReasons } from '../../docs/playground/page/reasons.js';
import { statementOf } from '../../docs/playground/page/statements.js';
import { factsIn, openConditions } from '../../docs/playground/page/waiting.js';
import { readDay, readFact } from '../../docs/playground/page/values.js';
import { queryText } from '../../docs/playground/page/wire.js';

const script = fs.readFileSync(path.join(process.argv[2], 'data.js'), 'utf8');
const base = baseOf(new Function(`${script}; return PLAYGROUND_DATA;`)());

function answer(line) {
  if (line.fragment !== undefined) {
    const state = stateOf(base, line.fragment);
    return { problems: state.problems.length, again: fragmentOf({ ...state, day: state.day ?? '' }) };
  }
  if (line.fact !== undefined) return readOne(line);
  const policy = policyNamed(base, line.policy);
  const facts = new Map();
  for (const [name, given] of Object.entries(line.given)) {
    facts.set(name, readFact(base.attributes.get(name), given));
  }
  const choices = choicesOf(base, policy, new Map(Object.entries(line.readings)));
  const told = { query: JSON.parse(queryText(policy, readDay(line.on), choices, facts, true)) };
  if (line.pending) {
    const statement = statementOf(base, policy, choices, line.on);
    const open = policy.attributes.filter((name) => {
      const known = facts.get(name)?.known ?? null;
      return known === null || known.kind === 'span';
    });
    told.placed = factsIn(openConditions(statement, line.letters, open));
  }
  if (line.answer) {
    const day = readDay(line.on);
    const { rests_on: places, letters } = line.answer;
    told.reference = JSON.parse(referenceQuery(base, policy, day, choices, facts));
    const inForce = textOn(policy, choices, line.on) !== null;
    const outcome = outcomeOf(policy, letters);
    told.beside = besideLines(base, policy, outcome, inForce, { rests_on: places }, line.reference);
    const statement = statementOf(base, policy, choices, line.on);
    told.otherwise = otherwiseTaken(base, policy, choices).map(({ question, meaning }) => `${question} ${meaning}`);
    told.open = leftOpen(base, policy, statement, line.letters, facts);
    told.unread = notRead(base, policy, statement, letters, facts);
    told.conflicts = inConflict(base, policy, statement, line.answer.conflicts, facts);
  }
  for (const question of ['why', 'why_not', 'whole']) {
    const statement = statementOf(base, policy, choices, line.on);
    const reason = statement && reasonsOf(base, statement, line.letters, facts, question);
    told[question] = shownReasons(reason).flatMap(([depth, each]) => {
      const { first, places, more } = linesOf(base, each);
      const margin = '  '.repeat(depth);
      const head = `${margin}${markOf(each).padEnd(3)} ${first}${places ? `  [${places}]` : ''}`;
      return more ? [head, `${margin}    ${more}`] : [head];
    });
  }
  return told;
}

function readOne({ fact, given }) {
  try {
    const attribute = base.attributes.get(fact);
    const policy = { index: 0, attributes: [fact] };
    const read = readFact(attribute, given);
    return { known: JSON.parse(queryText(policy, 0, [], new Map([[fact, read]]), false)).facts[0] };
  } catch (error) {
    return { error: error.message };
  }
}

const lines = fs.readFileSync(0, 'utf8').split('\n').slice(0, -1);
process.stdout.write(lines.map((line) => `${JSON.stringify(answer(JSON.parse(line)))}\n`).join(''));
