/* Sets light or dark before the page is painted: as the reader chose, else as the system says. */
(function () {
  "use strict";

  var chosen = __md_get("__palette");
  if (!chosen || !chosen.color) return;
  var color = chosen.color;
  if (color.media === "(prefers-color-scheme)") {
    var light = window.matchMedia("(prefers-color-scheme: light)").matches;
    var media = "(prefers-color-scheme: " + (light ? "light" : "dark") + ")";
    var input = document.querySelector("[data-md-color-media='" + media + "']");
    ["media", "scheme", "primary", "accent"].forEach(function (name) {
      color[name] = input.getAttribute("data-md-color-" + name);
    });
  }
  Object.keys(color).forEach(function (name) {
    document.body.setAttribute("data-md-color-" + name, color[name]);
  });
})();
