// SPDX-License-Identifier: Apache-2.0
// What a link says and the form cannot take. Until it is mended, or left out on purpose, nothing
// is decided: what is left out counts as not documented, which may turn an outcome.
import { byId, element } from './dom.js';

export class Doubts {
  // `leftOut` is called when a person decides without what could not be taken.
  constructor(leftOut) {
    this.all = [];
    byId('leave-out').addEventListener('click', () => {
      this.set([]);
      leftOut();
    });
  }

  get any() {
    return this.all.length > 0;
  }

  // Of {key, text} each, the key that of a link.
  set(problems) {
    this.all = problems;
    byId('doubts').hidden = !this.any;
    byId('doubted').replaceChildren(...problems.map(({ text }) => element('li', {}, text)));
  }

  // What a person fills in anew needs the link no more.
  mended(key) {
    if (this.all.some((each) => each.key === key)) this.set(this.all.filter((each) => each.key !== key));
  }
}
