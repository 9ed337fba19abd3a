// SPDX-License-Identifier: Apache-2.0
// Requests to Prolog as JSON text: validated numbers and vocabulary indexes, and nothing else.

// One query: the policy and readings by index, the day as a number, facts in the policy's order.
export function queryText(policy, day, choices, facts, reasons) {
  const values = policy.attributes.map((name) => valueText(facts.get(name)));
  const parts = [
    `"policy":${policy.index}`,
    `"on":${day}`,
    `"readings":[${choices.join(',')}]`,
    `"facts":[${values.join(',')}]`,
  ];
  if (reasons) parts.push('"reasons":true');
  return `{${parts.join(',')}}`;
}

export function requestText(queries) {
  return `{"queries":[${queries.join(',')}]}`;
}

function valueText(fact) {
  if (fact === undefined || fact.known === null) return 'null';
  const { known } = fact;
  switch (known.kind) {
    case 'option':
      return String(known.index);
    case 'members':
      return String(known.mask);
    case 'number':
      return ratioText(known.value);
    case 'span':
      return (
        `{"low":${ratioText(known.low)},"low_open":${known.lowOpen},` +
        `"high":${ratioText(known.high)},"high_open":${known.highOpen}}`
      );
    default:
      return '"never"';
  }
}

// Written out digit by digit: numbers of JavaScript would lose some.
function ratioText({ n, d }) {
  return `[${n.toString()},${d.toString()}]`;
}
