// SPDX-License-Identifier: Apache-2.0
/* How the search ranks what it finds: what is called as one asked for stands first. A criterion is
   looked for by its id, which the search would otherwise take apart at its hyphen or its blank. */
"use strict";

// From the disk a browser reads no other page, so that there are no excerpts to show.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

var Scorer = {
  score: (found) => {
    const [, title, , , points] = found;
    const asked = (new URLSearchParams(location.search).get("q") || "").trim().toLowerCase();
    const told = title.toLowerCase();
    const named = asked !== "" && (told === asked || told.startsWith(asked + ":"));
    return points + (named ? 100 : 0);
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
