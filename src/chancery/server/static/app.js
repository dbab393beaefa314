// Chancery in a browser. Everything is on the pages without it; it adds charts that can be pointed at, and keys.
"use strict";

// Charts: a specification in the page, drawn by Vega without making code from text (the policy of the pages forbids that).
function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const axis = { labelColor: colour("soft"), titleColor: colour("soft"), gridColor: colour("hair"), domainColor: colour("soft"), tickColor: colour("soft"), labelFont: "sans-serif", titleFont: "sans-serif" };
  return { background: "transparent", view: { stroke: null }, axis, legend: { labelColor: colour("soft"), titleColor: colour("soft") }, title: { color: colour("ink") } };
}

// A specification names colours as the style sheet does, and "fill" for the width that there is; "fit" leaves room for an axis.
function specification(figure, drawing) {
  const style = getComputedStyle(document.documentElement);
  const width = Math.max(260, drawing.clientWidth);
  const sizes = { fit: width - 44, fill: width, "fill-half": Math.round(width / 2) };
  return JSON.parse(figure.querySelector(".spec").textContent, (key, value) => {
    if ((key === "width" || key === "height") && value in sizes) return sizes[value];
    return typeof value === "string" && value.startsWith("var(--") ? style.getPropertyValue(value.slice(4, -1)).trim() : value;
  });
}

// What a pointer is told: Vega's own box would need styles that the policy forbids.
function tell(_handler, event, _item, value) {
  const tip = document.getElementById("tip") || document.body.appendChild(Object.assign(document.createElement("div"), { id: "tip", role: "tooltip" }));
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  tip.textContent = value;
  tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${event.clientY + 18 + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 18}px`;
}

// The drawing is one picture with one name, and its numbers are in the table beside it: a name for each of its groups would be noise.
function silence(drawing) {
  for (const part of drawing.querySelectorAll("svg [role], svg [aria-roledescription], svg [aria-label]")) {
    for (const name of ["role", "aria-roledescription", "aria-label"]) part.removeAttribute(name);
  }
}

function draw(figure) {
  const drawing = figure.querySelector(".drawing");
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: tell, config: theme() };
  figure.drawnAt = drawing.clientWidth;
  return window.vegaEmbed(drawing, specification(figure, drawing), options).then((made) => {
    if (figure.view) figure.view.finalize();
    figure.view = made.view;
    silence(drawing);
    figure.dispatchEvent(new CustomEvent("drawn", { detail: made.view, bubbles: true }));
  });
}

// Drawn anew where the page turns dark or light, or as wide as another screen.
function redraw(everything) {
  for (const figure of document.querySelectorAll(".chart")) {
    if (everything || Math.abs(figure.drawnAt - figure.querySelector(".drawing").clientWidth) > 24) draw(figure);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("scripted");
  if (window.vegaEmbed) {
    redraw(true);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw(true));
    let waiting;
    window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(redraw, 200, false); });
  }
  // "/" goes to the search field, as on other sites.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); document.getElementById("find").focus(); }
  });
});
