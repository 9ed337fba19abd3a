// SPDX-License-Identifier: Apache-2.0
// The worker: SWI-Prolog starts from the saved state of the rules, then answers JSON with JSON.
//
// Runs after the text of swipl-bundle-no-data.js, which defines SWIPL. The first message has the
// state in base64; every further one is {id, text}, and gets {id, answer} in return. The goal is
// always the same: what comes from the page is bound to a variable and never read as Prolog.
'use strict';
(() => {
  let complaints = [];
  const complain = (line) => {
    complaints.push(String(line));
  };

  const started = async (state) => {
    const bytes = Uint8Array.from(atob(state), (letter) => letter.charCodeAt(0));
    const module = await SWIPL({
      arguments: ['-q', '-x', '/state'],
      preRun: [(made) => made.FS.writeFile('/state', bytes)],
      print: complain,
      printErr: complain,
    });
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    return module.prolog;
  };

  const answered = (prolog, text) => {
    const found = prolog
      .query('json_answers:json_answers(Text, Answer)', { Text: text })
      .once();
    const said = complaints;
    complaints = [];
    if (!found.success || said.length > 0) {
      throw new Error(['Prolog gave no answer', found.message ?? '', ...said].join('\n'));
    }
    return String(found.Answer);
  };

  let prolog = null;
  self.onmessage = async ({ data }) => {
    try {
      if (prolog === null) {
        prolog = await started(data.state);
        self.postMessage({ ready: true });
      } else {
        self.postMessage({ id: data.id, answer: answered(prolog, data.text) });
      }
    } catch (error) {
      self.postMessage({ id: data.id ?? null, failed: String(error.message ?? error) });
    }
  };
})();
