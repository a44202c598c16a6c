(function () {
  "use strict";
  var list = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  var rows = list("tr.row");
  var current = -1;

  // The toolbar is hidden until here: without this script every row is simply shown.
  document.documentElement.classList.add("js");

  function show(state) {
    rows.forEach(function (row) { row.hidden = state === "" ? false : row.dataset.state !== state; });
    list("details.covered").forEach(function (box) { box.open = state === "covered"; });
    list("[data-filter]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.filter === state));
    });
    current = -1;
  }

  function step(by) {
    var seen = rows.filter(function (row) { return !row.hidden; })
      .filter(function (row) { return row.closest("details:not([open])") === null; });
    if (seen.length === 0) { return; }
    var start = current === -1 ? (by > 0 ? -1 : 0) : seen.indexOf(rows[current]);
    var next = seen[(start + by + seen.length) % seen.length];
    current = rows.indexOf(next);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }

  // A link from the overview may point into a closed list.
  function reveal() {
    var row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var box = row ? row.closest("details") : null;
    if (box) { box.open = true; row.scrollIntoView({ block: "center" }); }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button === null) { return; }
    if (button.dataset.filter !== undefined) { show(button.dataset.filter); }
    if (button.dataset.step !== undefined) { step(Number(button.dataset.step)); }
  });
  document.addEventListener("keydown", function (event) {
    if ([event.ctrlKey, event.altKey, event.metaKey].includes(true)) { return; }
    list("[data-shortcut]").forEach(function (control) {
      if (control.dataset.shortcut === event.key) { control.click(); }
    });
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    list("details").forEach(function (box) { box.open = true; });
  });
  reveal();
})();
