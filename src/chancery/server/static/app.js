// Chancery in a browser. Everything is on the pages without it; it adds charts that can be pointed at, and keys.
"use strict";

// Charts: a specification in the page, drawn by Vega without making code from text (the policy of the pages forbids that).
function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const axis = { labelColor: colour("soft"), titleColor: colour("soft"), gridColor: colour("hair"), domainColor: colour("soft"), tickColor: colour("soft"), labelFont: "sans-serif", titleFont: "sans-serif" };
  return { background: "transparent", view: { stroke: null }, axis, legend: { labelColor: colour("soft"), titleColor: colour("soft") }, title: { color: colour("ink") } };
}

function draw(figure) {
  const spec = JSON.parse(figure.querySelector(".spec").textContent);
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: false, config: theme() };
  return window.vegaEmbed(figure.querySelector(".drawing"), spec, options).then((made) => {
    figure.dispatchEvent(new CustomEvent("drawn", { detail: made.view, bubbles: true }));
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.classList.add("scripted");
  if (window.vegaEmbed) for (const figure of document.querySelectorAll(".chart")) draw(figure);
  // "/" goes to the search field, as on other sites.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); document.getElementById("find").focus(); }
  });
});
