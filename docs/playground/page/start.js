// SPDX-License-Identifier: Apache-2.0
// Before all else: that Prolog is starting, and where a file of the page is missing or a script
// of it fails, that: half an answer must not look like a whole one.
'use strict';
(() => {
  const starting = document.getElementById('starting');
  const missing = document.getElementById('missing');
  const tell = (text) => {
    starting.hidden = true;
    missing.hidden = false;
    missing.textContent = text;
  };
  const lacks = (name) => tell(`The file ${name} of this page could not be loaded, so nothing can be decided.`);
  // Where a file is missing, what fails for want of it is no news.
  const failed = (why) => missing.hidden && tell(`This page failed (${why}): what it shows may not be whole. Load it again, or take a newer browser.`);
  document.querySelector('main').hidden = false;
  starting.hidden = false;
  window.addEventListener(
    'error',
    (event) => {
      if (event.target instanceof HTMLScriptElement) lacks(event.target.src.split('/').pop());
      else if (event.target === window) failed(event.message);
    },
    true,
  );
  window.addEventListener('unhandledrejection', (event) => failed(String(event.reason)));
})();
