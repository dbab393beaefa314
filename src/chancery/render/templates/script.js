// Lights the words of the entry under the pointer or the focus, and the entries of
// the words; keeps the entry of the address lit. Reads nothing but ids.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  const words = new Map(), entries = new Map();
  const put = (map, key, node) => map.has(key) ? map.get(key).push(node) : map.set(key, [node]);
  for (const node of document.querySelectorAll("[data-marks]"))
    for (const id of node.dataset.marks.split(" ")) put(words, id, node);
  for (const node of document.querySelectorAll("[data-entry]")) put(entries, node.dataset.entry, node);

  let lit = [], shown = "";
  const light = (node) => { node.classList.add("lit"); lit.push(node); };
  // Every entry that covers the words is lit, but only the words of the narrowest one:
  // a quotation of five lines would drown the two words pointed at.
  const show = (ids) => {
    if (ids.join(" ") === shown) return;
    shown = ids.join(" ");
    for (const node of lit) node.classList.remove("lit");
    lit = [];
    for (const id of ids) (entries.get(id) || []).forEach(light);
    if (ids.length) (words.get(ids[0]) || []).forEach(light);
  };
  const named = () => {
    const id = location.hash.slice(1).replace(/-w$/, "");
    return entries.has(id) ? [id] : [];
  };
  const of = (target) => {
    const node = target instanceof Element && target.closest("[data-entry], [data-marks]");
    if (!node) return null;
    return node.dataset.entry ? [node.dataset.entry] : node.dataset.marks.split(" ");
  };
  const rest = () => show(of(document.activeElement) || named());
  document.addEventListener("pointerover", (event) => { const ids = of(event.target); ids ? show(ids) : rest(); });
  document.addEventListener("pointerleave", rest);
  document.addEventListener("focusin", (event) => show(of(event.target) || named()));
  document.addEventListener("focusout", (event) => { if (!event.relatedTarget) show(named()); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    show([]);
  });
  window.addEventListener("hashchange", () => show(named()));
  show(named());
})();
