// SPDX-License-Identifier: Apache-2.0
// What a button took out of the form, to be put back until a person types anew.
import { byId } from './dom.js';

export class Replaced {
  // `restore` is called with what stood there.
  constructor(restore) {
    this.before = this.button = null;
    byId('put-back').addEventListener('click', () => {
      const { before, button } = this;
      this.forget();
      restore(before);
      button.focus(); // what was pressed is gone
    });
  }

  by(button, before) {
    Object.assign(this, { before, button });
    button.closest('.row').after(byId('replaced'));
    byId('replaced').hidden = false;
  }

  forget() {
    byId('replaced').hidden = true;
  }
}
