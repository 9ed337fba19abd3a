// SPDX-License-Identifier: Apache-2.0
// Before all else: that Prolog is starting, and where a file of the page is missing, that.
'use strict';
(() => {
  const starting = document.getElementById('starting');
  const missing = document.getElementById('missing');
  const lacks = (name) => {
    starting.hidden = true;
    missing.hidden = false;
    missing.textContent = `The file ${name} of this page could not be loaded, so nothing can be decided.`;
  };
  document.querySelector('main').hidden = false;
  starting.hidden = false;
  window.addEventListener(
    'error',
    (event) => {
      if (event.target instanceof HTMLScriptElement) lacks(event.target.src.split('/').pop());
    },
    true,
  );
})();
