/* What the theme's own script expects to find on a page: where the site begins, and how to keep a
   setting in the browser. Loaded before it. A browser that forbids storage keeps nothing. */
/* exported __md_scope, __md_hash, __md_get, __md_set */
var __md_scope = new URL(document.currentScript.dataset.scope, location);

function __md_hash(text) {
  var sum = 0;
  for (var i = 0; i < text.length; i += 1) sum = ((sum << 5) - sum + text.charCodeAt(i)) | 0;
  return sum;
}

function __md_get(key, storage, scope) {
  try {
    return JSON.parse((storage || localStorage).getItem((scope || __md_scope).pathname + "." + key));
  } catch (_) {
    return null;
  }
}

function __md_set(key, value, storage, scope) {
  try {
    (storage || localStorage).setItem(
      (scope || __md_scope).pathname + "." + key,
      JSON.stringify(value)
    );
  } catch (_) {
    /* nothing is kept */
  }
}
