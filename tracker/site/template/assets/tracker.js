/* What pages can do with a script: filter the list of laws; switch, filter and step through a
   comparison; copy a quotation with its source. Without it everything is on the page but the
   filters. No request is ever made. */

/* The list of laws: filtered by words of the title, place, kind and stage. The choice stands in the
   address (#place=…&stage=…), so that it can be linked to. */
(function () {
  "use strict";

  var page = document.querySelector(".tracker-index");
  var tools = page && page.querySelector(".tracker-filter");
  if (!tools) return;

  var laws = Array.prototype.slice.call(page.querySelectorAll(".tracker-laws > li"));
  var fields = Array.prototype.slice.call(tools.querySelectorAll("[data-tracker-by]"));
  var shown = tools.querySelector("[data-tracker-shown]");

  function fits(law, field) {
    var value = field.value.trim();
    if (!value) return true;
    if (field.dataset.trackerBy !== "words") return law.dataset[field.dataset.trackerBy] === value;
    return law.querySelector("h2").textContent.toLowerCase().indexOf(value.toLowerCase()) >= 0;
  }

  function filter() {
    var left = laws.filter(function (law) {
      law.hidden = !fields.every(function (field) {
        return fits(law, field);
      });
      return !law.hidden;
    }).length;
    shown.textContent =
      left === laws.length ? "共 " + left + " 部" : "显示 " + left + " / " + laws.length + " 部";
  }

  function read() {
    var wanted = new URLSearchParams(location.hash.slice(1));
    fields.forEach(function (field) {
      field.value = wanted.get(field.dataset.trackerBy) || "";
      if (field.selectedIndex === -1) field.value = "";
    });
    filter();
  }

  function write() {
    var chosen = new URLSearchParams();
    fields.forEach(function (field) {
      if (field.value.trim()) chosen.set(field.dataset.trackerBy, field.value.trim());
    });
    history.replaceState(null, "", chosen.toString() ? "#" + chosen : location.pathname);
    filter();
  }

  tools.addEventListener("input", write);
  window.addEventListener("hashchange", read);
  tools.hidden = false;
  read();
})();

/* Quotations: a button beside each article and each change puts its words, its citation, its version
   and its address on the clipboard; where words inside are selected, only those. */
(function () {
  "use strict";

  var page = document.querySelector(".tracker[data-title]");
  if (!page) return;

  var away = ".tracker-spoken, .tracker-beside, .tracker-label, .tracker-quote, .tracker-since";

  /* The words of an element as a reader sees them, a line a paragraph. */
  function words(element, without) {
    var copy = element.cloneNode(true);
    copy.querySelectorAll(without ? away + ", " + without : away).forEach(function (part) {
      part.remove();
    });
    var lines = copy.querySelectorAll("p");
    return Array.prototype.map
      .call(lines.length ? lines : [copy], function (line) {
        return line.textContent.trim();
      })
      .filter(Boolean)
      .join("\n");
  }

  function selected(element) {
    var selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    var range = selection.getRangeAt(0);
    return element.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
  }

  function source(where, version) {
    return "《" + page.dataset.title + "》（" + version + "）" + where;
  }

  function address(id) {
    return location.href.split("#")[0] + "#" + id;
  }

  function quote(text, from, id) {
    return "“" + text + "”\n——" + from + "\n" + address(id) + "\n";
  }

  /* 第三条　【用语含义】 is cited as 第三条. */
  function citation(heading) {
    var copy = heading.cloneNode(true);
    /* the button itself may stand in the heading */
    copy.querySelectorAll(away + ", .tracker-caption, .tracker-permalink").forEach(function (part) {
      part.remove();
    });
    return copy.textContent.trim();
  }

  function ofArticle(article) {
    var heading = article.querySelector(".tracker-number, .tracker-clause, .tracker-chapter");
    var text = selected(article) || words(article);
    return quote(text, source(citation(heading), page.dataset.cited), heading.id);
  }

  function ofProvision(section) {
    var text = selected(section) || words(section.querySelector(".tracker-blame"));
    var from = source(citation(section.querySelector("h1, h2")), page.dataset.cited);
    return quote(text, from, section.id);
  }

  function ofChange(change) {
    var link = change.querySelectorAll("h2 a, h3 a, h4 a, h5 a, h6 a");
    var names = { old: [], new: [] };
    Array.prototype.forEach.call(link, function (a) {
      if (a.dataset.side) names[a.dataset.side].push(a.textContent);
    });
    var body = change.querySelector(".tracker-inline, .tracker-single");
    var old = body.querySelector(".tracker-stacked .tracker-old");
    var now = body.querySelector(".tracker-stacked .tracker-new");
    var chosen = selected(change);
    var said = [];
    if (chosen) said.push("“" + chosen + "”");
    [
      ["old", "旧", page.dataset.citedOld, old, "ins"],
      ["new", "新", page.dataset.cited, now, "del"],
    ].forEach(function (side) {
      if (!names[side[0]].length) return;
      var from = source(names[side[0]].join("、"), side[2]);
      var text = chosen ? "" : "“" + words(side[3] || body, side[4]) + "”\n";
      said.push(side[1] + "：" + text + "——" + from);
    });
    return said.join("\n") + "\n" + address(change.id) + "\n";
  }

  function copy(text, button) {
    function done(good) {
      button.textContent = good ? "已复制" : "复制失败";
      window.setTimeout(function () {
        button.textContent = "复制引文";
      }, 2000);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(
        function () {
          done(true);
        },
        function () {
          done(false);
        }
      );
      return;
    }
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "tracker-clip";
    button.parentNode.appendChild(field);
    field.select();
    done(document.execCommand("copy"));
    field.remove();
    button.focus();
  }

  function offer(place, element, text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tracker-quote";
    button.textContent = "复制引文";
    button.setAttribute("aria-live", "polite");
    /* a press would take the selection away before it can be quoted */
    button.addEventListener("mousedown", function (event) {
      event.preventDefault();
    });
    button.addEventListener("click", function () {
      copy(text(element), button);
    });
    place.appendChild(button);
  }

  page.querySelectorAll(".tracker-acts").forEach(function (place) {
    offer(place, place.parentNode.parentNode, ofArticle);
  });
  page.querySelectorAll(".tracker-change > header .tracker-kinds").forEach(function (place) {
    offer(place, place.closest(".tracker-change"), ofChange);
  });
  page.querySelectorAll(".tracker-provision").forEach(function (section) {
    if (section.querySelector(".tracker-blame")) offer(section.querySelector("h1, h2"), section, ofProvision);
  });
})();

/* A comparison: the layout, the filters, the keys. */
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
  var opener = tools.querySelector("[data-tracker-opener]");
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
    var effect = tools.querySelector("[data-tracker-effect]");
    effect = effect ? effect.value : "";
    function keep(element) {
      var own = element.dataset.kinds.split(" ");
      var wanted = own.some(function (kind) {
        return kinds[kind];
      });
      var flagged = own.some(function (kind) {
        return hidden.indexOf(kind) >= 0;
      });
      var effects = element.dataset.effects ? element.dataset.effects.split(" ") : [];
      var does = !effect || (effect === "any" ? effects.length > 0 : effects.indexOf(effect) >= 0);
      element.hidden = !wanted || flagged || !does;
      return !element.hidden;
    }
    var left = entries.filter(keep).length;
    rows.forEach(keep);
    quiet.forEach(keep);
    page.querySelectorAll(".tracker-run").forEach(function (run) {
      run.hidden = !run.querySelector(".tracker-same:not([hidden])");
    });
    tools.toggleAttribute("data-filtered", left !== entries.length);
    shown.textContent =
      left === entries.length
        ? "共 " + left + " 处变动"
        : "显示 " + left + " / " + entries.length + " 处变动";
  }

  /* On a narrow window the filters are folded; they would cover what is stepped to. */
  function unfold(open) {
    tools.toggleAttribute("data-open", open);
    if (opener) opener.setAttribute("aria-expanded", String(open));
  }

  function step(by) {
    unfold(false);
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
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "v") view.click();
    if (!(event.key in steps)) return;
    event.preventDefault();
    step(steps[event.key]);
  });
  if (opener) {
    opener.addEventListener("click", function () {
      unfold(!tools.hasAttribute("data-open"));
    });
  }
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

/* The search of the header knows titles and captions. Above its results stands the way to the
   search through all texts, with what was typed; Enter takes it unless a result was chosen, and
   where nothing is found the words of the theme say so. */
(function () {
  "use strict";

  var box = document.querySelector(".md-search__input");
  var output = document.querySelector(".md-search__scrollwrap");
  if (!box || !output || typeof __md_scope === "undefined") return;

  var link = document.createElement("a");
  link.className = "tracker-all-texts";

  function follow() {
    var words = box.value.trim();
    link.href = new URL("laws/search/", __md_scope).href + (words ? "#q=" + encodeURIComponent(words) : "");
    link.textContent = words ? "在法规全文中检索“" + words + "”" : "在法规全文中检索";
  }

  /* The script of the theme searches when a key is let go. Words come without one from an input
     method whose candidates are clicked, from a paste, from speech: it is told of those. */
  function typed() {
    follow();
    box.dispatchEvent(new KeyboardEvent("keyup"));
  }

  /* Of a chosen result the script of the theme knows: the focus is on it then, not on the box. */
  function enter(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!box.value.trim()) return;
    follow();
    box.blur();
    var shade = document.getElementById("__search");
    if (shade && shade.checked) shade.click(); /* already on that page nothing else would close it */
    link.click();
  }

  function tell() {
    var told = output.querySelector(".md-search-result__meta");
    var settings = document.getElementById("__config");
    if (!told || !settings) return;
    var none = JSON.parse(settings.textContent).translations["search.result.none"];
    new MutationObserver(function () {
      if (told.textContent.trim() === none) {
        told.textContent = "标题和条旨中没有找到，按回车键在法规全文中检索";
      }
    }).observe(told, { childList: true, characterData: true, subtree: true });
  }

  follow();
  tell();
  box.addEventListener("input", typed);
  box.addEventListener("focus", follow);
  box.addEventListener("keydown", enter);
  output.insertBefore(link, output.firstChild);
})();
