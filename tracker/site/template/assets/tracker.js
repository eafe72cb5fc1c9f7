/* What pages can do with a script: filter the list of laws; switch, filter and step through a
   comparison, or save it as a table; copy a quotation with its source. Without it everything is on the page but the
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
    var from = source(citation(section.querySelector("h2")), page.dataset.cited);
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
    if (section.querySelector(".tracker-blame")) offer(section.querySelector("h2"), section, ofProvision);
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
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "v") view.click();
    if (!(event.key in steps)) return;
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

/* A comparison as a 新旧条文对照表: a file that Word opens, put together here from the entries of the
   page, all of them, whatever is filtered. It looks like that of `tracker diff -o FILE.html`, which
   has what the page has not: annexes that did not change. */
(function () {
  "use strict";

  var page = document.querySelector(".tracker-comparison");
  var place = page && page.querySelector(".tracker-downloads");
  if (!place) return;

  var LOOK =
    "@page{size:A4 landscape;margin:2cm}body{font-family:SimSun,'Noto Serif CJK SC',serif;" +
    "font-size:10.5pt}h1{font-size:15pt;text-align:center}table{border-collapse:collapse;width:100%}" +
    "td,th{border:1px solid #000;padding:4pt;vertical-align:top;text-align:left}" +
    "p{margin:0;text-indent:2em}";
  var SIDES = ["old", "new"];
  var GONE = '<span style="background:#d9d9d9">';
  var MARKS = { DEL: [GONE, "</span>"], INS: ["<b><u>", "</u></b>"] };
  var OTHER = { old: "INS", new: "DEL" };

  function safe(text) {
    return text.replace(/[&<>"']/g, function (sign) {
      return "&#" + sign.charCodeAt(0) + ";";
    });
  }

  function list(element, selector) {
    return element ? Array.prototype.slice.call(element.querySelectorAll(selector)) : [];
  }

  /* The notes of the page go, what they enclose stays: 〔移至后文：依照〔2020〕1号〕 is 依照〔2020〕1号. */
  function bare(words) {
    var open = [];
    return words.replace(/〔(移[至自][前后]文(?: \d+)?：)?|〕/g, function (sign, note) {
      if (sign !== "〕") open.push(note);
      return (sign === "〕" ? open.pop() : note) ? "" : sign;
    });
  }

  /* The words of one side, marked. */
  function words(node, side) {
    return Array.prototype.map
      .call(node.childNodes, function (part) {
        if (part.nodeType !== 1) return safe(part.textContent);
        if (part.matches(".tracker-spoken, .tracker-permalink") || part.tagName === OTHER[side]) return "";
        var mark = MARKS[part.tagName];
        if (!mark) return words(part, side);
        var inner = words(part, side);
        return inner && inner !== "↵" ? mark[0] + inner + mark[1] : "";
      })
      .join("");
  }

  /* Paragraphs of one side, the first behind the number of its article. Where several articles
     stand in a cell, a label tells where each begins. */
  function text(paragraphs, begin, side) {
    var out = "";
    paragraphs.forEach(function (one) {
      if (one.matches(".tracker-label")) {
        begin = safe(one.textContent.slice(1)) + "　";
        return;
      }
      var line = words(one, side);
      if (line) {
        out += "<p>" + begin + line + "</p>";
        begin = "";
      }
    });
    return bare(begin ? out + "<p>" + begin + "</p>" : out);
  }

  function row(cells, note) {
    return "<tr><td>" + cells.join("</td><td>") + "</td><td>" + safe(note) + "</td></tr>";
  }

  /* A heading: 第三章（原第二章）　监管 was 第二章　监管. */
  function heading(element) {
    return row(
      SIDES.map(function (side) {
        var name = words(element, side).replace(/^(.+?)（原(.+?)）/, side === "old" ? "$2" : "$1");
        return name && "<p><b>" + name + "</b></p>";
      }),
      ""
    );
  }

  function note(entry) {
    var kinds = list(entry, ":scope > header .tracker-kind").map(function (kind) {
      var sign = kind.querySelector(".tracker-sign");
      return kind.textContent.replace(sign ? sign.textContent : "", "");
    });
    if (!kinds.length) kinds = [entry.dataset.kinds === "renumbered" ? "条号变动" : "未变"];
    var effects = list(entry, ":scope > .tracker-effects > *").map(function (effect) {
      return effect.textContent;
    });
    return [kinds.join("、")].concat(effects).join("；");
  }

  function article(entry) {
    var title = entry.querySelector("h2, h3, h4, h5, h6");
    var links = { old: [], new: [] };
    list(title, "a[data-side]").forEach(function (link) {
      links[link.dataset.side].push(link.textContent);
    });
    var gone = entry.querySelector(".tracker-single > .tracker-old");
    var come = entry.querySelector(".tracker-single > .tracker-new");
    /* 第五条 stands once where both sides have that number */
    if (!links.old.length && !come) links.old = links.new;
    if (!links.new.length && !gone) links.new = links.old;
    var cells = list(entry, ".tracker-columns > div").slice(2);
    var caption = title.querySelector(".tracker-caption");
    return row(
      SIDES.map(function (side, column) {
        if (side === "old" ? come : gone) return "";
        var paragraphs = cells.length
          ? cells.reduce(function (all, cell, at) {
              return at % 2 === column ? all.concat(list(cell, "p")) : all;
            }, [])
          : list(entry, ":scope > p:not(.tracker-parts, .tracker-effects), .tracker-single p");
        var about = caption ? words(caption, side).replace("【】", "") : "";
        if (links[side].length > 1) return (about && "<p>" + about + "</p>") + text(paragraphs, "", side);
        var begin = safe(links[side][0]) + "　" + about;
        return text(paragraphs, gone || come ? MARKS[gone ? "DEL" : "INS"].join(begin) : begin, side);
      }),
      note(entry)
    );
  }

  /* What differs outside the articles: title, 题注, introduction above them, annexes below. */
  function front(below) {
    return list(page, ".tracker-front dt")
      .filter(function (name) {
        return /^附/.test(name.textContent) === below;
      })
      .map(function (name) {
        var lines = list(name.nextElementSibling, "p");
        if (!lines.length) lines = [name.nextElementSibling];
        var cells = SIDES.map(function (side) {
          return text(lines, "", side);
        });
        return row(cells, name.textContent);
      })
      .join("");
  }

  function table() {
    var name = safe(page.dataset.title + "　新旧条文对照表");
    var rows = list(page, ".tracker-changes .tracker-chapter, .tracker-change, .tracker-same");
    var heads = [page.dataset.citedOld, page.dataset.cited, "变动"].map(function (head, column) {
      return '<th width="' + (column < 2 ? 43 : 14) + '%">' + safe(head) + "</th>";
    });
    var made = rows.map(function (one) {
      return one.matches(".tracker-chapter") ? heading(one) : article(one);
    });
    return (
      '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>' + name + "</title><style>" +
      LOOK + "</style></head><body><h1>" + name + "</h1><p>阴影为删去的文字，加粗并带下划线为增加的文字。" +
      '</p><table border="1"><thead><tr>' + heads.join("") + "</tr></thead><tbody>" +
      front(false) + made.join("") + front(true) + "</tbody></table></body></html>\n"
    );
  }

  var button = document.createElement("button");
  button.type = "button";
  button.className = "tracker-file";
  button.textContent = "新旧条文对照表（Word 可以打开）";
  button.addEventListener("click", function () {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/html" }));
    link.download = (page.dataset.title + " 对照表").replace(/[\\/:*?"<>|\u0000-\u001f]/g, " ") + ".html";
    link.click();
    window.setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 60000);
  });
  place.appendChild(document.createTextNode(" · "));
  place.appendChild(button);
})();

/* The search of the header knows titles and captions. Above its results stands the way to the
   search through all texts, with what was typed. */
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

  follow();
  box.addEventListener("input", typed);
  box.addEventListener("focus", follow);
  output.insertBefore(link, output.firstChild);
})();
