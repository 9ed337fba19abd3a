// SPDX-License-Identifier: Apache-2.0
// How the facts that a request waits for combine, as nested lists that lead to their fields.
import { capital, element, pageLink } from './dom.js';

// How to read the lists.
export const COMBINED =
  'Under “all of these” each line must hold, and one that fails decides; under “one of these” a single line that holds ' +
  'is enough; “by the evidence” a single source that speaks is enough, unless another disagrees.';

const JOINED = { all: 'all of these', any: 'one of these', evidence: 'by the evidence of these' };

// The id of a criterion, which leads to its page where the site has one.
export function criterionLink(policy, id) {
  const page = criterionPage(policy, id);
  return page ? pageLink(page, id) : id;
}

export function criterionPage(policy, id) {
  return policy.criteria.find((each) => each.id === id).page;
}

// A tree of open conditions (waiting.js); `button` makes what leads to the field of a fact.
export function combined(policy, tree, button) {
  if (tree === null) return [];
  const whole = tree.facts.length > 0 || titleOfOpen(policy, tree.statement).length > 0;
  const tops = whole ? [tree] : tree.parts;
  const list = element('ul', {}, tops.map((part) => condition(policy, part, button)));
  return whole ? [list] : [element('p', {}, `${capital(JOINED[tree.joins])}:`), list];
}

function condition(policy, { statement, joins, facts, parts, several }, button) {
  const title = titleOfOpen(policy, statement);
  if (facts.length > 0) {
    const buttons = facts.flatMap((name, index) => [index ? ' and ' : '', button(name)]);
    const hint = several ? '' : ` ${needsWords(statement)}`;
    const line = [...buttons, hint ? element('span', { class: 'hint' }, hint) : ''];
    if (title.length === 0) return element('li', {}, line);
    return element('li', {}, title, ':', element('ul', {}, element('li', {}, line)));
  }
  const joined = parts.length > 1 && joins in JOINED ? JOINED[joins] : '';
  const heading = title.length > 0 ? [...title, joined ? `, ${joined}:` : ':'] : [`${capital(joined)}:`];
  return element('li', {}, heading, element('ul', {}, parts.map((part) => condition(policy, part, button))));
}

// What heads an open condition, where it has a name or turns what is below it.
function titleOfOpen(policy, { id, criterion, sentence, role, joins, attributes }) {
  if (criterion) return [criterionLink(policy, id), ` ${sentence}`];
  if (role === 'open') return [`Open case: ${sentence}`];
  return id || joins === 'not' || (role && attributes.length === 0) ? [sentence] : [];
}

function needsWords({ role, asked, needs }) {
  if (role) return `${needs} would speak ${role === 'supports' ? 'for it' : 'against it'}`;
  return `${asked ? 'needs' : 'if'} ${needs}`;
}
