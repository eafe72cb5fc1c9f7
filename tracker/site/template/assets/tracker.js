/* What a comparison page can do with a script: switch the layout, filter, step through changes.
   Without it everything is on the page but the filters. No request is ever made. */
(function () {
  "use strict";

  var page = document.querySelector(".tracker-comparison");
  if (!page) return;

  var tools = page.querySelector(".tracker-tools");
  var entries = Array.prototype.slice.call(page.querySelectorAll(".tracker-change"));
  var quiet = Array.prototype.slice.call(page.querySelectorAll(".tracker-same"));
  var rows = Array.prototype.slice.call(page.querySelectorAll("tr[data-kinds]"));
  var view = tools.querySelector("[data-tracker-view]");
  var shown = tools.querySelector("[data-tracker-shown]");
  var memory = "tracker-view";

  function recall() {
    try {
      return window.localStorage.getItem(memory);
    } catch (_) {
      return null; /* storage may be forbidden; the page works without it */
    }
  }

  function remember(value) {
    try {
      window.localStorage.setItem(memory, value);
    } catch (_) {
      /* as above */
    }
  }

  function show(name) {
    page.dataset.view = name;
    view.setAttribute("aria-pressed", String(name === "columns"));
    page.querySelectorAll(".tracker-aside").forEach(function (aside) {
      aside.open = name === "columns";
    });
  }

  function filter() {
    var kinds = {};
    tools.querySelectorAll("[data-tracker-kind]").forEach(function (box) {
      kinds[box.dataset.trackerKind] = box.checked;
    });
    var hidden = [];
    tools.querySelectorAll("[data-tracker-hide]").forEach(function (box) {
      if (box.checked) hidden.push(box.dataset.trackerHide);
    });
    kinds.unchanged = true;
    function keep(element) {
      var own = element.dataset.kinds.split(" ");
      var wanted = own.some(function (kind) {
        return kinds[kind];
      });
      var flagged = own.some(function (kind) {
        return hidden.indexOf(kind) >= 0;
      });
      element.hidden = !wanted || flagged;
      return !element.hidden;
    }
    var left = entries.filter(keep).length;
    rows.forEach(keep);
    quiet.forEach(keep);
    page.querySelectorAll(".tracker-run").forEach(function (run) {
      run.hidden = !run.querySelector(".tracker-same:not([hidden])");
    });
    shown.textContent =
      left === entries.length
        ? "共 " + left + " 处变动"
        : "显示 " + left + " / " + entries.length + " 处变动";
  }

  function step(by) {
    var open = entries.filter(function (entry) {
      return !entry.hidden;
    });
    if (!open.length) return;
    var at = open.indexOf(document.activeElement && document.activeElement.closest(".tracker-change"));
    if (at < 0) {
      /* not in an entry: begin with the first one below the top of the window, or above it */
      var edge = tools.getBoundingClientRect().bottom + 1;
      at = open.findIndex(function (entry) {
        return entry.getBoundingClientRect().top >= edge;
      });
      if (at < 0) at = open.length;
      if (by > 0) at -= 1;
    }
    var next = open[Math.max(0, Math.min(open.length - 1, at + by))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function reveal() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !page.contains(target)) return;
    for (var at = target; at && at !== page; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
      if (at.hidden) at.hidden = false;
    }
    target.scrollIntoView({ block: "start" });
  }

  var steps = { n: 1, j: 1, p: -1, k: -1 };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!(event.key in steps)) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    step(steps[event.key]);
  });
  tools.addEventListener("change", filter);
  tools.addEventListener("click", function (event) {
    var button = event.target.closest("[data-tracker-step]");
    if (button) step(Number(button.dataset.trackerStep));
  });
  view.addEventListener("click", function () {
    var name = page.dataset.view === "columns" ? "inline" : "columns";
    show(name);
    remember(name);
  });
  window.addEventListener("hashchange", reveal);

  tools.hidden = false;
  page.classList.add("tracker-scripted");
  show(recall() === "columns" ? "columns" : "inline");
  filter();
  if (location.hash) reveal();
})();
