/* The full-text search of the page laws/search/. The words of the reader are cut into pairs of
   characters; small files of the index say which laws have all of them; the text of those laws is
   fetched and says in which articles. Everything is shown as text, never as HTML. Requests go to
   files of this site only, beside this page. */
(function () {
  "use strict";

  var page = document.querySelector(".tracker-search");
  if (!page || !window.fetch) return;

  var tools = page.querySelector("[role=search]");
  var box = document.getElementById("tracker-words");
  var only = document.getElementById("tracker-only");
  var titles = document.getElementById("tracker-titles");
  var told = page.querySelector("[role=status]");
  var list = page.querySelector(".tracker-found");
  var more = page.querySelector("button");

  var PART = 20; /* results that are shown before the reader is asked */
  var AT_ONCE = 6; /* laws whose text is fetched together */
  var WAIT = 250; /* milliseconds after a key */
  var LONGEST = 100; /* characters of a query */
  var BEFORE = 24;
  var AFTER = 96;
  var END = " ";

  /* --- text: the same as in tracker/render/search_units.py ------------------------------------ */

  var BLANK = /[ \t\r\u00a0\u3000\u200b\ufeff]/;
  var RUN =
    /[a-z0-9\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;

  function foldOne(unit) {
    var code = unit.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) unit = String.fromCharCode(code - 0xfee0);
    if (unit >= "A" && unit <= "Z") return unit.toLowerCase();
    return BLANK.test(unit) ? "" : unit;
  }

  /* The folded text, and for each of its units the place it has in the text. */
  function folded(text) {
    var out = "";
    var at = [];
    for (var i = 0; i < text.length; i += 1) {
      var unit = foldOne(text[i]);
      if (unit) {
        out += unit;
        at.push(i);
      }
    }
    at.push(text.length);
    return { text: out, at: at };
  }

  function fold(text) {
    return folded(text).text;
  }

  /* 第12条之1 is written 第十二条之一 in a law. */
  function han(number) {
    var digits = "零一二三四五六七八九";
    var places = ["", "十", "百", "千"];
    var out = "";
    for (var i = 0; i < number.length; i += 1) {
      var digit = Number(number[i]);
      if (digit) out += digits[digit] + places[number.length - 1 - i];
      else if (out && out[out.length - 1] !== "零") out += "零";
    }
    out = out.replace(/零+$/, "");
    return out.indexOf("一十") === 0 ? out.slice(1) : out;
  }

  function withHan(word) {
    return word
      .replace(/第([1-9][0-9]{0,3})(?=[条款项章节编])/g, function (_, number) {
        return "第" + han(number);
      })
      .replace(/([条])之([1-9][0-9]?)(?![0-9])/g, function (_, unit, number) {
        return unit + "之" + han(number);
      });
  }

  /* Up to 99,999,999: 10000 is 一万. */
  function hanLarge(value) {
    var rest = value % 10000;
    if (value < 10000) return han(String(value));
    return han(String((value - rest) / 10000)) + "万" + (rest && rest < 1000 ? "零" : "") + han(String(rest));
  }

  /* What a number says, in digits or in characters; 两千 is 2000. */
  function valueOf(number) {
    if (/^[0-9]+$/.test(number)) return Number(number);
    var total = 0;
    var digit = 0;
    points(number).forEach(function (sign) {
      var place = "十百千".indexOf(sign) + 1;
      if (place) total += (digit || 1) * Math.pow(10, place);
      digit = place ? 0 : sign === "两" ? 2 : "零一二三四五六七八九".indexOf(sign);
    });
    return total + digit;
  }

  var AMOUNT =
    /(^|[^第之0-9.,零〇一二两三四五六七八九十百千万])([1-9][0-9]{0,7}|[一二两三四五六七八九十][零一二两三四五六七八九十百千]{0,7})(万?)(?=元|日|天|个|年|月|周|倍|人|名|次|户|小时|分钟|公里|米|平方|立方|吨|件|条)/g;

  /* How amounts are written: 一千元, 1000元; 两万元, 2万元; 百分之十, 10%. */
  var STYLES = [
    hanLarge,
    String,
    function (value) {
      return value % 10000 ? String(value) : value / 10000 + "万";
    },
    function (value) {
      return hanLarge(value).replace(/^二(?=[百千万]|$)/, "两");
    },
  ];

  /* A word, and the same with its amounts written otherwise. */
  function readings(word) {
    var out = [word];
    var plain = word.replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1");
    STYLES.forEach(function (style, n) {
      var other = plain.replace(AMOUNT, function (all, before, number, large, at) {
        var value = valueOf(number) * (large ? 10000 : 1);
        var year = value > 1000 && plain[at + all.length] === "年";
        return year || value > 99999999 ? all : before + style(value);
      });
      if (!n) {
        other = other.replace(/(^|[^0-9.])([1-9][0-9]?)%/g, function (_, before, number) {
          return before + "百分之" + han(number);
        });
      }
      if (out.indexOf(other) < 0) out.push(other);
      /* 十条, 10条: the article of that number before all others */
      var article = other.match(/^[一二三四五六七八九十百千零]+条$/);
      if (article && out.indexOf("第" + other) < 0) out.push("第" + other);
    });
    return out;
  }

  var NUMBER =
    /^(.+[^第零一二三四五六七八九十百千0-9])第?([零一二三四五六七八九十百千]+|[1-9][0-9]{0,3})(条(?:之[一二三四五六七八九十]+)?)$/;

  /* The words of a query, each in all its readings: what stands in quotation marks is one and has
     only one, else blanks are between them. */
  function wordsOf(query) {
    var out = [];
    var parts = query.slice(0, LONGEST).split(/["“”＂「」『』]/);
    parts.forEach(function (part, index) {
      var quoted = index % 2 && index < parts.length - 1;
      (quoted ? [part] : part.split(/\s+/)).forEach(function (word) {
        var plain = withHan(fold(word));
        var known = out.some(function (one) {
          return one[0] === plain;
        });
        if (plain.match(RUN) && !known) out.push(quoted ? [plain] : readings(plain));
      });
    });
    return out;
  }

  function points(text) {
    return Array.from(text);
  }

  /* The terms that a text with this word must have; for a word of one character `null` for the
     second: any will do. */
  function termsOf(word) {
    var out = [];
    var runs = word.match(RUN).map(points);
    var alone = runs.every(function (run) {
      return run.length === 1;
    });
    runs.forEach(function (run) {
      if (alone) out.push([run[0], null]);
      for (var i = 0; i + 1 < run.length; i += 1) out.push([run[i], run[i] + run[i + 1]]);
    });
    return out;
  }

  /* --- files ----------------------------------------------------------------------------------- */

  var kept = new Map();

  function file(name, options) {
    if (!kept.has(name)) {
      var coming = fetch(name, options).then(function (answer) {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      });
      coming.catch(function () {
        kept.delete(name);
      });
      kept.set(name, coming);
    }
    return kept.get(name);
  }

  function index() {
    return file("laws.json", { cache: "no-cache" }).then(function (found) {
      if (!found.read) {
        found.read = found.laws.map(function (one, number) {
          return {
            number: number, id: one[0], title: one[1], version: one[3], words: one[4], day: one[5],
            names: [one[1]].concat(one[2]).map(fold),
          };
        });
      }
      return found;
    });
  }

  function text(law) {
    return file("../" + law.id + "/search.json?v=" + law.version);
  }

  /* Which laws have a term: number of the law -> whether it stands in a caption. */
  function holders(all, term) {
    var shard = term[0].codePointAt(0) % all.shards;
    return file(shard + ".json?v=" + all.version).then(function (held) {
      var out = new Map();
      Object.keys(held).forEach(function (key) {
        if (term[1] === null ? points(key)[0] !== term[0] : key !== term[1]) return;
        var value = 0;
        held[key].forEach(function (gap) {
          value += gap;
          var number = Math.floor(value / 2);
          out.set(number, value % 2 === 1 || out.get(number) === true);
        });
      });
      return out;
    });
  }

  /* The same for a word: laws that have all the terms of one of its readings. */
  function having(all, word) {
    return Promise.all(
      word.map(function (reading) {
        return havingAll(all, reading);
      })
    ).then(function (each) {
      var out = new Map();
      each.forEach(function (held) {
        held.forEach(function (inCaption, number) {
          out.set(number, inCaption || out.get(number) === true);
        });
      });
      return out;
    });
  }

  function havingAll(all, word) {
    return Promise.all(
      termsOf(word).map(function (term) {
        return holders(all, term);
      })
    ).then(function (each) {
      var out = new Map();
      each[0].forEach(function (_, number) {
        var everywhere = each.every(function (one) {
          return one.has(number);
        });
        if (!everywhere) return;
        out.set(
          number,
          each.every(function (one) {
            return one.get(number);
          })
        );
      });
      return out;
    });
  }

  /* --- searching -------------------------------------------------------------------------------- */

  /* Whether a text has a word in one of its readings. */
  function holds(text, word) {
    return word.some(function (reading) {
      return text.indexOf(reading) >= 0;
    });
  }

  function named(law, word) {
    return law.names.some(function (name) {
      return holds(name, word);
    });
  }

  /* 公共数据条例第十二条: the name of a law and an article of it. */
  function split(all, words) {
    var out = [];
    words.forEach(function (word) {
      var parts = NUMBER.exec(word[0]);
      var known =
        parts &&
        all.read.some(function (law) {
          return named(law, [parts[1]]);
        });
      var number = known && (Number(parts[2]) ? han(parts[2]) : parts[2]);
      out = out.concat(known ? [[parts[1]], ["第" + number + parts[3]]] : [word]);
    });
    return out;
  }

  function chosen(law) {
    var wanted = fold(only.value);
    return !wanted || law.id === only.value.trim() || named(law, [wanted]);
  }

  /* The laws that may have the words, those first whose name or captions do, then by day. */
  function candidates(all, words) {
    return Promise.all(
      words.map(function (word) {
        return having(all, word);
      })
    ).then(function (each) {
      var out = [];
      all.read.forEach(function (law) {
        if (!chosen(law)) return;
        var inName = words.map(function (word) {
          return named(law, word);
        });
        var fits = words.every(function (_, n) {
          return inName[n] || each[n].has(law.number);
        });
        if (!fits) return;
        var rank = inName.every(Boolean) ? 2 : 0;
        if (words.every(function (_, n) { return inName[n] || each[n].get(law.number); })) rank += 1;
        out.push({ law: law, rank: rank, inName: inName });
      });
      return out.sort(function (a, b) {
        return (
          b.rank - a.rank ||
          (a.law.day < b.law.day ? 1 : a.law.day > b.law.day ? -1 : a.law.number - b.law.number)
        );
      });
    });
  }

  /* The units of a law that hold the words which its name does not, the best first. */
  function matches(candidate, words, document) {
    var whole = candidate.inName.every(Boolean);
    var out = [];
    document.units.forEach(function (unit, place) {
      var citation = fold(unit[1]);
      var caption = fold(unit[2]);
      var body = fold(unit[3]);
      var rank = 0;
      var own = 0;
      var fits = words.every(function (word, n) {
        var everything = citation + "【" + caption + "】" + body;
        var here = holds(everything, word) || holds(citation + caption, word);
        if (word.indexOf(citation) >= 0) rank += 4;
        if (holds(caption, word)) rank += 1;
        own += here;
        return here || (candidate.inName[n] && !whole);
      });
      if (fits && own) out.push({ unit: unit, rank: rank, place: place });
    });
    return out.sort(function (a, b) {
      return b.rank - a.rank || a.place - b.place;
    });
  }

  /* --- showing ---------------------------------------------------------------------------------- */

  function element(name, words, kind) {
    var out = document.createElement(name);
    if (words) out.textContent = words;
    if (kind) out.className = kind;
    return out;
  }

  /* Text around the first word, each word marked. */
  function snippet(text, words) {
    var plain = folded(text);
    var spans = [];
    [].concat.apply([], words).forEach(function (word) {
      var at = plain.text.indexOf(word);
      while (at >= 0 && spans.length < 40) {
        spans.push([plain.at[at], plain.at[at + word.length - 1] + 1]);
        at = plain.text.indexOf(word, at + word.length);
      }
    });
    spans.sort(function (a, b) {
      return a[0] - b[0];
    });
    var first = spans.length ? spans[0][0] : 0;
    var from = Math.max(0, first - BEFORE);
    var to = Math.min(text.length, first + AFTER);
    /* never half of a pair of surrogates */
    if (from && /[\udc00-\udfff]/.test(text[from])) from -= 1;
    if (to < text.length && /[\udc00-\udfff]/.test(text[to])) to += 1;
    var out = element("p", from ? "…" : "", "tracker-snippet");
    var at = from;
    spans.forEach(function (span) {
      if (span[0] < at || span[1] > to) return;
      out.append(text.slice(at, span[0]), element("mark", text.slice(span[0], span[1])));
      at = span[1];
    });
    out.append(text.slice(at, to), to < text.length ? "…" : "");
    return out;
  }

  function entry(law, address, where, body) {
    var item = element("li");
    var link = element("a", "《" + law.title + "》" + where);
    link.href = address;
    var heading = element("h2");
    heading.append(link);
    var meta = element("p", law.words, "tracker-meta");
    item.append(heading, meta);
    if (body) item.append(body);
    return item;
  }

  function showLaw(law) {
    list.append(entry(law, "../" + law.id + "/", "", element("p", "名称相符", "tracker-snippet")));
  }

  function showUnit(law, unit, words) {
    var name = unit[2] ? unit[1] + (unit[1] ? "　" : "") + "【" + unit[2] + "】" : unit[1];
    var address = "../" + law.id + "/" + law.version + "/" + (unit[0] ? "#" + unit[0] : "");
    list.append(entry(law, address, name, unit[3] ? snippet(unit[3], words) : null));
  }

  /* --- one search after another ------------------------------------------------------------------ */

  var turn = 0;
  var rest = null;

  function status(state) {
    list.setAttribute("aria-busy", "false");
    var found = state.shown
      ? state.waiting.length || state.hidden.length
        ? "已列出 " + state.shown + " 条"
        : "找到 " + state.shown + " 条"
      : "没有找到";
    if (state.laws) found += "，出自 " + state.laws + " 部法规";
    if (state.waiting.length) found += "；还有 " + state.waiting.length + " 部法规可能有";
    else if (state.hidden.length) found += "；还有 " + state.hidden.length + " 条";
    told.textContent = found + "。";
    more.hidden = !(state.waiting.length || state.hidden.length);
  }

  /* Show what is known until a part is full, then fetch the next laws. */
  function go(state, upTo) {
    if (state.turn !== turn) return undefined;
    while (state.hidden.length && state.shown < upTo) {
      state.hidden.shift()();
      state.shown += 1;
    }
    if (state.shown >= upTo || !state.waiting.length) {
      status(state);
      return undefined;
    }
    var next = state.waiting.splice(0, AT_ONCE);
    return Promise.all(
      next.map(function (candidate) {
        return text(candidate.law);
      })
    ).then(function (documents) {
      documents.forEach(function (found, n) {
        var candidate = next[n];
        var hits = matches(candidate, state.words, found);
        var whole = candidate.inName.every(Boolean);
        if (whole) state.hidden.push(showLaw.bind(null, candidate.law));
        hits.forEach(function (hit) {
          state.hidden.push(showUnit.bind(null, candidate.law, hit.unit, state.words));
        });
        if (whole || hits.length) state.laws += 1;
      });
      return go(state, upTo);
    });
  }

  function failed() {
    list.setAttribute("aria-busy", "false");
    told.textContent = "检索用的文件没有取到，请检查网络后再试。";
  }

  function search() {
    turn += 1;
    var state = { turn: turn, shown: 0, laws: 0, waiting: [], hidden: [], words: [] };
    var words = wordsOf(box.value);
    rest = null;
    list.setAttribute("aria-busy", String(words.length > 0));
    if (!words.length) {
      list.textContent = "";
      more.hidden = true;
      told.textContent = box.value.trim() ? "请输入汉字、字母或数字。" : "";
      return Promise.resolve();
    }
    return index()
      .then(function (all) {
        state.words = split(all, words);
        return candidates(all, state.words);
      })
      .then(function (found) {
        if (state.turn !== turn) return undefined;
        list.textContent = "";
        state.waiting = found;
        rest = state;
        return go(state, PART);
      })
      .catch(failed);
  }

  var timer = 0;

  function write() {
    var said = new URLSearchParams();
    if (box.value.trim()) said.set("q", box.value.trim());
    if (only.value.trim()) said.set("law", only.value.trim());
    history.replaceState(null, "", said.toString() ? "#" + said : location.pathname);
  }

  function soon() {
    list.setAttribute("aria-busy", "true");
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      write();
      search();
    }, WAIT);
  }

  function read() {
    var said = new URLSearchParams(location.hash.slice(1));
    box.value = said.get("q") || "";
    only.value = said.get("law") || "";
    index()
      .then(function (all) {
        /* a law that is named by its id is shown by its title, where no other title holds that */
        var law = all.read.find(function (one) {
          return one.id === only.value;
        });
        if (!law) return;
        var alike = all.read.filter(function (one) {
          return named(one, [fold(law.title)]);
        });
        if (alike.length === 1) only.value = law.title;
      })
      .then(search)
      .catch(failed);
  }

  /* Down from the box into the results, up and down among them. */
  function step(event) {
    if (event.isComposing || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    var links = Array.from(list.querySelectorAll("h2 a"));
    var at = links.indexOf(document.activeElement);
    var inBox = document.activeElement === box;
    if (at < 0 && !inBox) return;
    var next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (inBox && event.key === "ArrowUp") return;
    if (next >= links.length) return;
    event.preventDefault();
    (next < 0 ? box : links[next]).focus();
  }

  tools.addEventListener("input", function (event) {
    if (!event.isComposing) soon();
  });
  tools.addEventListener("compositionend", soon);
  tools.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing) return;
    window.clearTimeout(timer);
    write();
    search();
  });
  page.addEventListener("keydown", step);
  more.addEventListener("click", function () {
    if (!rest) return;
    var shown = rest.shown;
    Promise.resolve(go(rest, shown + PART))
      .then(function () {
        var links = list.querySelectorAll("h2 a");
        if (links[shown]) links[shown].focus();
      })
      .catch(failed);
  });
  window.addEventListener("hashchange", read);

  page.querySelector(".tracker-without").hidden = true;
  tools.hidden = false;
  index()
    .then(function (all) {
      all.read.forEach(function (law) {
        var option = document.createElement("option");
        option.value = law.title;
        titles.append(option);
      });
    })
    .catch(failed);
  read();
  if (!location.hash) box.focus();
})();
