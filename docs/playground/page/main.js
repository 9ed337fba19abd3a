// SPDX-License-Identifier: Apache-2.0
// The page: what stands in the form is decided by Prolog, again and again as one types.
//
// What stands on the page as an answer is the answer to what stands in the form, or is marked as
// not decided yet, or is withdrawn.
import { Answers, outcomeOf } from './answer.js';
import { baseOf, choicesOf, policyNamed } from './base.js';
import { referenceQuery } from './beside.js';
import { byId, element } from './dom.js';
import { Doubts } from './doubts.js';
import { Engine } from './engine.js';
import { Form } from './form.js';
import { fragmentOf, stateOf } from './link.js';
import { Replaced } from './replaced.js';
import { queryText, requestText } from './wire.js';

// Milliseconds after the last answer until other readings are tried, and until it is said aloud.
const TURNS_AFTER = 250;
const SAID_AFTER = 600;

const base = baseOf(PLAYGROUND_DATA);
let current = null; // what stands in the form, as it was read last
let latest = null; // {asked, found, turns} as they are shown; null while that is not the answer
let timers = [];

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function tell(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = !text;
}

function phase(name) {
  document.body.dataset.state = name;
  byId('starting').hidden = name !== 'starting';
}

function pending(yes) {
  document.body.dataset.pending = String(yes);
  for (const id of ['cards', 'strip']) byId(id).setAttribute('aria-busy', String(yes));
  for (const each of document.querySelectorAll('.deciding')) each.hidden = !yes;
}

const engine = new Engine(PLAYGROUND_PROLOG, (what, why) => {
  const undecided = latest === null;
  if (what === 'ready') {
    phase('ready');
    document.body.dataset.readyAfter = Math.round(performance.now());
    return;
  }
  if (undecided) withdraw();
  phase(what);
  if (what === 'restarted') {
    tell('notice', `Prolog was ended and started anew: ${why}.`);
    return;
  }
  pending(false);
  const lacks = undecided ? '' : ' On which readings the outcome turns is not known.';
  tell('notice', `Prolog does not answer: ${why}.${lacks} Change something, or load the page again, to start it anew.`);
});
const answers = new Answers(base, (name) => form.goTo(name));
const doubts = new Doubts(() => {
  form.update();
  byId('answer').focus(); // what was pressed is gone
});
const form = new Form(base, changed);
const replaced = new Replaced(({ state, problems }) => load(state, problems));

function changed(asked, key) {
  timers.forEach(clearTimeout);
  if (key) edited(key);
  [current, latest] = [asked, null];
  if (document.body.dataset.state === 'ready') tell('notice', ''); // what was refused stands no more
  document.body.removeAttribute('data-turns');
  byId('said').textContent = '';
  tell('problem', problemWords(asked));
  byId('no-answer').hidden = asked.policies.length > 0;
  byId('link-of').hidden = true;
  tell('no-link', '');
  if (asked.policies.length === 0 || asked.day === null) {
    withdraw();
    pending(false);
    return;
  }
  asked.choices = new Map(asked.policies.map((policy) => [policy.name, choicesOf(base, policy, asked.readings)]));
  asked.doubted = doubts.any;
  asked.decided = asked.policies.filter((policy) => !doubts.any && asked.unread.get(policy.name).length === 0);
  pending(true);
  const from = performance.now();
  if (asked.decided.length === 0) {
    answered(asked, { answers: [] }, from);
    return;
  }
  const queries = asked.decided.map((policy) =>
    queryText(policy, asked.day, asked.choices.get(policy.name), asked.facts, true));
  queries.push(queryText(base.plausibility, 20000101, [], asked.facts, false));
  queries.push(...asked.decided.map((policy) =>
    referenceQuery(base, policy, asked.day, asked.choices.get(policy.name), asked.facts)));
  if (document.body.dataset.state === 'failed') {
    phase('starting');
    tell('notice', '');
  }
  engine.ask(requestText(queries), (answer) => {
    tell('notice', '');
    answered(asked, answer, from);
  });
}

// A person changed something: what the link said of it is mended, and the address is no longer
// that of what stands in the form.
function edited(key) {
  doubts.mended(key);
  replaced.forget();
  if (key === 'on') tell('told', '');
  forgetAddress();
}

function forgetAddress() {
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
}

// Take the answers away, and say so to who cannot see it.
function withdraw() {
  if (byId('cards').childElementCount === 0) return;
  byId('cards').replaceChildren();
  byId('strip').replaceChildren();
  byId('said').textContent = 'The answer shown before is withdrawn.';
}

function problemWords({ wrong, day }) {
  const said = [];
  if (wrong.length > 0) {
    const fields = wrong.map((field) => field.attribute.label).join(', ');
    said.push(`Not read: ${fields}. The field says why; no policy that reads it is decided until it is mended or emptied.`);
  }
  if (day === null) said.push('Without a date of service nothing can be decided.');
  return said.join(' ');
}

function answered(asked, answer, from) {
  if (asked !== current) return; // something was changed since
  if (answer.error) {
    withdraw();
    pending(false);
    tell('notice', `Prolog refused the request: ${answer.message}.`);
    return;
  }
  const count = asked.decided.length;
  const found = new Map(asked.decided.map((policy, index) => [
    policy.name, { ...answer.answers[index], reference: answer.answers[count + 1 + index].letters },
  ]));
  latest = { asked, found, plausible: answer.answers[count], turns: [] };
  show();
  document.body.dataset.answeredAfter = (performance.now() - from).toFixed(1);
  pending(false);
  timers = [
    setTimeout(() => askTurns(asked, found), TURNS_AFTER),
    setTimeout(() => { byId('said').textContent = answers.said(asked, found); }, SAID_AFTER),
  ];
}

function show() {
  answers.show(latest, byId('question').value);
  answers.showTurns(latest.asked, latest.turns);
}

// Try every other value of every reading, one at a time.
function askTurns(asked, found) {
  const tried = asked.decided.flatMap((policy) => {
    const taken = asked.choices.get(policy.name);
    const outcome = outcomeOf(policy, found.get(policy.name).letters);
    return policy.readings.flatMap((name, place) =>
      base.readings.get(name).values.flatMap((value, choice) =>
        choice === taken[place] ? [] : [[policy, name, value, taken.map((each, at) => (at === place ? choice : each)), outcome]]));
  });
  if (tried.length === 0) return;
  const queries = tried.map(([policy, , , choices]) => queryText(policy, asked.day, choices, asked.facts, false));
  engine.ask(requestText(queries), (answer) => {
    if (answer.error || latest?.asked !== asked) return;
    tell('notice', '');
    latest.turns = tried.flatMap(([policy, name, value, , outcome], index) => {
      const other = outcomeOf(policy, answer.answers[index].letters);
      return other === outcome ? [] : [[policy, name, value, other]];
    });
    answers.showTurns(asked, latest.turns);
    document.body.dataset.turns = String(latest.turns.length);
  });
}

// Fill in the form by a button, and keep what it takes away.
function loadBy(button, state, problems = []) {
  const before = { state: form.state, problems: doubts.all };
  replaced.forget();
  forgetAddress();
  load(state, problems);
  if (before.state.given.size > 0 || before.problems.length > 0) replaced.by(button, before);
}

function load(state, problems = []) {
  doubts.set(problems);
  form.state = {
    day: state.day ?? today(), policies: state.policies, readings: state.readings, given: state.given,
  };
}

function loadFragment() {
  const fragment = location.hash.slice(1);
  const state = stateOf(base, fragment);
  replaced.forget();
  load(state, state.problems);
  const undated = fragment !== '' && state.day === null;
  tell('told', undated ? `The link names no date of service: today, ${today()}, is taken.` : '');
}

function makeExamples() {
  base.examples.forEach((example, index) => {
    byId('example').append(element('option', { value: index }, `${example.name} (${example.on})`));
  });
  byId('load-example').addEventListener('click', (event) => {
    const example = base.examples[Number(byId('example').value)];
    const given = Object.entries(example.facts).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]);
    tell('told', '');
    loadBy(event.currentTarget, {
      day: example.on,
      policies: new Set(example.policies.filter((name) => policyNamed(base, name))),
      readings: new Map(Object.entries(example.readings)),
      given: new Map(given),
    });
  });
}

// A link has all that stands in the form: what cannot be read would be lost in it, or turned into
// something else.
function makeLink() {
  const unread = current.wrong.map((field) => field.attribute.label);
  if (current.day === null) unread.push('the date of service');
  if (doubts.any) unread.push('what the link before said');
  tell('no-link', unread.length ? `No link is made until this is mended: ${unread.join(', ')}.` : '');
  byId('link-of').hidden = unread.length > 0;
  if (unread.length > 0) return;
  history.replaceState(null, '', `#${fragmentOf(form.state)}`);
  byId('link').value = location.href;
  byId('link').focus();
  byId('link').select();
}

makeExamples();
byId('make-link').addEventListener('click', makeLink);
byId('clear').addEventListener('click', (event) => {
  const others = doubts.all.filter(({ key }) => !key.startsWith('fact.'));
  loadBy(event.currentTarget, { ...form.state, given: new Map() }, others);
});
byId('question').addEventListener('change', () => {
  if (latest) show();
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault(); // the fragment is what the form holds
  byId('answer').focus();
});
window.addEventListener('hashchange', loadFragment);
loadFragment();
