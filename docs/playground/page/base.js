// SPDX-License-Identifier: Apache-2.0
// The words and the graph of the rule base, ready to be looked up. It holds no truth of anything.

export function baseOf(data) {
  const attributes = new Map(data.attributes.map((each) => [each.name, each]));
  const readings = new Map(data.readings.map((each) => [each.name, each]));
  const nodes = new Map(Object.entries(data.nodes).map(([number, node]) => [Number(number), node]));
  const policies = data.policies.map((policy) => ({
    ...policy,
    positions: new Map(policy.nodes.map((number, place) => [number, place])),
    criteriaByNode: new Map(policy.criteria.map((criterion) => [criterion.node, criterion])),
    definitionsByNode: new Map(
      Object.entries(policy.definitions).map(([number, each]) => [Number(number), each]),
    ),
  }));
  return { ...data, attributes, readings, nodes, policies, belowOf: new Map() };
}

export function policyNamed(base, name) {
  return base.policies.find((policy) => policy.name === name);
}

// The indexes of the values taken of each reading of a policy: chosen, or the default, the first.
export function choicesOf(base, policy, chosen) {
  return policy.readings.map((name) => {
    const index = base.readings.get(name).values.indexOf(chosen.get(name));
    return Math.max(index, 0);
  });
}

// The day on which the first text on record took effect, under some readings.
export function startOf(policy, choices) {
  if (policy.start_reading === null) return policy.starts[0];
  return policy.starts[choices[policy.readings.indexOf(policy.start_reading)]];
}

// The dated text in force on a day, or null.
export function textOn(policy, choices, day) {
  const first = startOf(policy, choices);
  if (day < first) return null;
  const begun = policy.texts.filter((text) => text.start <= day);
  const text = begun[begun.length - 1];
  return text.start >= first ? text : { ...text, start: first };
}

// The numbers of a node and of all nodes below it, under any readings and dates.
export function belowNode(base, number) {
  let found = base.belowOf.get(number);
  if (found === undefined) {
    const parts = (base.nodes.get(number).parts ?? []).filter((part) => part !== null);
    found = [...new Set([number, ...parts.flatMap((part) => belowNode(base, part))])];
    base.belowOf.set(number, found);
  }
  return found;
}
