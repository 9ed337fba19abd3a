// SPDX-License-Identifier: Apache-2.0
// The page: what stands in the form is decided by Prolog, again and again as one types.
import { Answers, outcomeOf } from './answer.js';
import { baseOf, choicesOf, policyNamed } from './base.js';
import { byId, element } from './dom.js';
import { Engine } from './engine.js';
import { Form } from './form.js';
import { fragmentOf, stateOf } from './link.js';
import { queryText, requestText } from './wire.js';

// Milliseconds after the last answer until other readings are tried, and until it is said aloud.
const TURNS_AFTER = 250;
const SAID_AFTER = 600;

const base = baseOf(PLAYGROUND_DATA);
let latest = null; // {asked, answers} as they are shown
let timers = [];

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function notice(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = !text;
}

function phase(name) {
  document.body.dataset.state = name;
}

const engine = new Engine(PLAYGROUND_PROLOG, (what, why) => {
  if (what === 'ready') {
    phase('ready');
    document.body.dataset.readyAfter = Math.round(performance.now());
    byId('starting').hidden = true;
  } else if (what === 'restarted') {
    phase('restarted');
    notice(`Prolog was ended and started anew: ${why}.`);
  } else {
    phase('failed');
    byId('starting').hidden = true;
    notice(`Prolog does not answer: ${why}. Change something, or load the page again, to start it anew.`);
  }
});
const answers = new Answers(base, (name) => form.goTo(name));
const form = new Form(base, changed);

function changed(asked) {
  timers.forEach(clearTimeout);
  document.body.dataset.pending = 'true';
  byId('problem').hidden = asked.wrong.length === 0 && asked.day !== null;
  byId('problem').textContent = problemWords(asked);
  byId('no-answer').hidden = asked.policies.length > 0;
  byId('link-of').hidden = true;
  if (asked.policies.length === 0 || asked.day === null) {
    clear();
    return;
  }
  asked.choices = new Map(asked.policies.map((policy) => [policy.name, choicesOf(base, policy, asked.readings)]));
  const queries = asked.policies.map((policy) =>
    queryText(policy, asked.day, asked.choices.get(policy.name), asked.facts, true));
  queries.push(queryText(base.plausibility, 20000101, [], asked.facts, false));
  const from = performance.now();
  engine.ask(requestText(queries), (answer) => answered(asked, answer, from));
}

function clear() {
  latest = null;
  byId('cards').replaceChildren();
  byId('strip').replaceChildren();
  document.body.dataset.pending = 'false';
}

function problemWords({ wrong, day }) {
  const fields = wrong.map((field) => field.attribute.label);
  if (fields.length > 0) {
    return `Not read, and taken as not documented: ${fields.join(', ')}. The field says why.`;
  }
  return day === null ? 'Without a date of service nothing can be decided.' : '';
}

function answered(asked, answer, from) {
  if (answer.error) {
    notice(`Prolog refused the request: ${answer.message}.`);
    clear();
    return;
  }
  if (document.body.dataset.state === 'failed') phase('ready');
  latest = { asked, answers: answer.answers };
  answers.show(asked, answer.answers, byId('question').value);
  document.body.dataset.answeredAfter = (performance.now() - from).toFixed(1);
  document.body.dataset.pending = 'false';
  timers = [
    setTimeout(() => askTurns(asked, answer.answers), TURNS_AFTER),
    setTimeout(() => { byId('said').textContent = answers.said(asked, answer.answers); }, SAID_AFTER),
  ];
}

// Try every other value of every reading, one at a time.
function askTurns(asked, now) {
  const tried = asked.policies.flatMap((policy, index) => {
    const taken = asked.choices.get(policy.name);
    return policy.readings.flatMap((name, place) =>
      base.readings.get(name).values.flatMap((value, choice) => {
        if (choice === taken[place]) return [];
        return [[policy, name, value, taken.with(place, choice), outcomeOf(policy, now[index].letters)]];
      }));
  });
  const queries = tried.map(([policy, , , choices]) => queryText(policy, asked.day, choices, asked.facts, false));
  engine.ask(requestText(queries), (answer) => {
    if (answer.error || latest?.asked !== asked) return;
    const turns = tried.flatMap(([policy, name, value, , outcome], index) => {
      const other = outcomeOf(policy, answer.answers[index].letters);
      return other === outcome ? [] : [[policy, name, value, other]];
    });
    answers.showTurns(turns);
    document.body.dataset.turns = String(turns.length);
  });
}

function load(state) {
  form.state = {
    day: state.day ?? today(), policies: state.policies, readings: state.readings, given: state.given,
  };
}

function loadFragment() {
  const state = stateOf(base, location.hash.slice(1));
  notice(state.problems.slice(0, 5).join(' '));
  load(state);
}

function makeExamples() {
  base.examples.forEach((example, index) => {
    byId('example').append(element('option', { value: index }, `${example.name} (${example.on})`));
  });
  byId('load-example').addEventListener('click', () => {
    const example = base.examples[Number(byId('example').value)];
    const given = Object.entries(example.facts).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]);
    load({
      day: example.on,
      policies: new Set(example.policies.filter((name) => policyNamed(base, name))),
      readings: new Map(Object.entries(example.readings)),
      given: new Map(given),
    });
    notice('');
  });
}

function makeLink() {
  const fragment = fragmentOf(form.state);
  history.replaceState(null, '', `#${fragment}`);
  byId('link').value = location.href;
  byId('link-of').hidden = false;
  byId('link').focus();
  byId('link').select();
}

makeExamples();
byId('digest').textContent = base.digest.slice(0, 12);
byId('disclaimer').textContent = base.disclaimer;
byId('make-link').addEventListener('click', makeLink);
byId('clear').addEventListener('click', () => {
  const { day, policies } = form.state;
  notice('');
  load({ day, policies, readings: new Map(), given: new Map() });
});
byId('question').addEventListener('change', () => {
  if (latest) answers.show(latest.asked, latest.answers, byId('question').value);
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault(); // the fragment is what the form holds
  byId('answer').focus();
});
window.addEventListener('hashchange', loadFragment);
loadFragment();
