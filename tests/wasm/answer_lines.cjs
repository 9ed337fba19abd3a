// SPDX-License-Identifier: Apache-2.0
// Answer lines of JSON with lines of JSON, by SWI-Prolog compiled to WebAssembly:
//
//     node answer_lines.cjs sources BUNDLE ROOT     the files of kb/ and prolog/, read here
//     node answer_lines.cjs state PLAYGROUND        the state that the built page starts from
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [mode, place, root] = process.argv.slice(2);
process.argv.length = 2; // SWI-Prolog would read the rest as its own
const complaints = [];
const streams = { print: (line) => complaints.push(line), printErr: (line) => complaints.push(line) };

async function fromSources() {
  const module = await require(path.resolve(place))({ ...streams, arguments: ['-q', '-f', 'none'] });
  for (const folder of ['prolog', 'kb']) {
    module.FS.mkdirTree(`/rules/${folder}`);
    for (const name of fs.readdirSync(path.join(root, folder))) {
      module.FS.writeFile(`/rules/${folder}/${name}`, fs.readFileSync(path.join(root, folder, name)));
    }
  }
  module.prolog.query("use_module('/rules/prolog/json_answers')").once();
  module.prolog.query("json_answers:start_answering('/rules/kb', Digest)").once();
  return module.prolog;
}

async function fromState() {
  const script = fs.readFileSync(path.join(place, 'prolog.js'), 'utf8');
  const parts = new Function(`${script}; return PLAYGROUND_PROLOG;`)();
  const swipl = { exports: {} };
  new Function('module', 'exports', 'require', '__filename', '__dirname', parts.swipl)(
    swipl, swipl.exports, require, __filename, __dirname);
  const module = await swipl.exports({
    ...streams,
    arguments: ['-q', '-x', '/state'],
    preRun: [(made) => made.FS.writeFile('/state', Buffer.from(parts.state, 'base64'))],
  });
  return module.prolog;
}

async function main() {
  const prolog = mode === 'sources' ? await fromSources() : await fromState();
  const lines = fs.readFileSync(0, 'utf8').split('\n').slice(0, -1);
  const answers = lines.map((Text) => {
    const found = prolog.query('json_answers:json_answers(Text, Answer)', { Text }).once();
    return String(found.Answer);
  });
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  process.stdout.write(answers.map((answer) => `${answer}\n`).join(''));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
