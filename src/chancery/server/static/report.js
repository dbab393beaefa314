// The Report page by keys: j and k move between entries, the others press what stands at the entry anyway.
(() => {
  "use strict";
  const entries = [...document.querySelectorAll(".entries .entry")];
  for (const entry of entries) entry.tabIndex = -1;

  // The entry that has the focus, else the one of the address, else none.
  const current = () => {
    const held = document.activeElement && document.activeElement.closest(".entry");
    if (held) return held;
    const named = document.getElementById(location.hash.slice(1));
    return named && named.closest(".entry");
  };
  const inView = () => entries.findIndex((entry) => entry.getBoundingClientRect().top > 0);
  const go = (step) => {
    const here = entries.indexOf(current());
    const next = here < 0 ? Math.max(inView(), 0) : here + step;
    if (next < 0 || next >= entries.length) return;
    entries[next].focus({ preventScroll: true });
    entries[next].scrollIntoView({ block: "center" });
  };
  const press = (selector) => {
    const entry = current();
    const found = entry && entry.querySelector(`:scope > .line ${selector}`);
    if (found) found.click();
  };
  const actions = {
    j: () => go(1), k: () => go(-1), o: () => press(".to-record"), e: () => press(".to-correct"), a: () => press(".tools button"), w: () => press(".where"),
    "?": () => { const keys = document.getElementById("keys"); keys.open = !keys.open; if (keys.open) keys.scrollIntoView({ block: "nearest" }); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "Enter" && event.target.matches(".entry")) { press(".to-record"); return; }
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // Of a long report, what an address names may stand in another part.
  const article = document.querySelector("article.report");
  const seek = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name && article && Number(article.dataset.parts) > 1 && !document.getElementById(name)) location.replace(`?at=${encodeURIComponent(name)}${location.hash}`);
  };
  if (!new URLSearchParams(location.search).has("at")) seek();
  window.addEventListener("hashchange", seek);
})();
