// SPDX-License-Identifier: Apache-2.0
// Load the rules into SWI-Prolog compiled to WebAssembly, and save what that knows then.
//
//     node save_state.cjs BUNDLE ROOT STATE
//
// BUNDLE is swipl-bundle.js, ROOT the folder of prolog/ and kb/, and STATE the file to write.
// Prints the digest of the rules. To start from a saved state takes a fraction of the time that
// reading the rules takes; the state holds what the very same files say and nothing else, and is
// the same whenever it is saved.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [bundle, root, state] = process.argv.slice(2);
process.argv.length = 2; // SWI-Prolog would read the rest as its own

// The state has the time at which each file was made: one for all, so that the same rules make the
// same state.
Date.now = () => Date.UTC(2000, 0, 1);
process.env.TZ = 'UTC';

async function main() {
  const complaints = [];
  const module = await require(path.resolve(bundle))({
    arguments: ['-q', '-f', 'none'],
    print: (line) => complaints.push(line),
    printErr: (line) => complaints.push(line),
  });
  for (const folder of ['prolog', 'kb']) {
    module.FS.mkdirTree(`/rules/${folder}`);
    for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
      if (name.endsWith('.pl')) {
        module.FS.writeFile(`/rules/${folder}/${name}`, fs.readFileSync(path.join(root, folder, name)));
      }
    }
  }
  const once = (goal) => {
    const found = module.prolog.query(goal).once();
    // Errors of loading are printed, and the goal succeeds all the same.
    if (!found.success || complaints.length > 0) {
      throw new Error([`${goal} failed`, JSON.stringify(found), ...complaints].join('\n'));
    }
    return found;
  };
  once("use_module('/rules/prolog/json_answers')");
  const { Digest } = once("start_answering('/rules/kb', Digest)");
  // The library that saves states knows of foreign libraries, which this system cannot have, and
  // says so; what matters is that the state is there, and the build starts it once.
  module.prolog.query("qsave_program('/state', [class(development)])").once();
  fs.writeFileSync(state, module.FS.readFile('/state'));
  console.log(String(Digest));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
