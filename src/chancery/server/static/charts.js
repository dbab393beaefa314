// Charts that lead on: a brush over weeks chooses the list below it. Without this, the table of weeks and the form of days do.
"use strict";

const DAY = 86400000;

function isoDay(time) { return new Date(time).toISOString().slice(0, 10); }

// Put the section of another answer of this page in the place of the one here; the address says so, and can be shared.
let asking;
async function turnTo(url, id) {
  if (asking) asking.abort();
  asking = new AbortController();
  const here = document.getElementById(id);
  here.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    here.replaceChildren(...page.getElementById(id).childNodes);
    history.replaceState(null, "", url);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  } finally {
    here.removeAttribute("aria-busy");
  }
}

function chosenDays(extent) {
  const url = new URL(location.href);
  url.hash = "";
  url.searchParams.delete("offset");
  for (const name of ["from", "to"]) url.searchParams.delete(name);
  if (extent) {
    url.searchParams.set("from", isoDay(extent[0]));
    url.searchParams.set("to", isoDay(extent[1] - DAY));
  }
  return url;
}

document.addEventListener("drawn", ({ target, detail: view }) => {
  if (target.id !== "chart-weeks") return;
  let waiting;
  view.addSignalListener("brush", (_name, brush) => {
    clearTimeout(waiting);
    const field = Object.values(brush)[0];
    const extent = field && field.length === 2 ? [Math.min(...field), Math.max(...field)] : null;
    waiting = setTimeout(() => {
      const url = chosenDays(extent);
      if (url.href !== location.href.replace(/#.*$/, "")) turnTo(url, "acts");
    }, 250);
  });
});

// The slider of the map: two handles choose weeks, and the button moves what they choose through time.
function slide(figure, view) {
  const panel = document.getElementById("slider");
  if (!panel || panel.ready) { if (panel) panel.show(view); return; }
  const [first, last] = panel.querySelectorAll("input");
  const [said, play] = [panel.querySelector("output"), panel.querySelector("button")];
  const monday = Date.parse(panel.dataset.monday);
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const at = (input) => Number(input.value);
  const days = () => [monday + at(first) * 7 * DAY, monday + (at(last) * 7 + 6) * DAY];
  panel.ready = true;
  panel.show = (drawn) => {
    view = drawn;
    for (const input of [first, last]) input.setAttribute("aria-valuetext", words.format(monday + at(input) * 7 * DAY));
    const share = (input) => `${Math.round(100 * at(input) / Math.max(1, Number(input.max)))}%`;
    panel.style.setProperty("--start", share(first));
    panel.style.setProperty("--end", share(last));
    for (const bar of document.querySelectorAll(".strip a")) bar.classList.toggle("out", bar.dataset.week < at(first) || bar.dataset.week > at(last));
    said.textContent = days().map((day) => words.format(day)).join(" to ");
    view.signal("first", at(first)).signal("last", at(last)).runAsync();
  };
  const settle = () => {
    const url = new URL(location.href);
    const [from, to] = days().map(isoDay);
    url.hash = "";
    url.searchParams.set("from", from);
    url.searchParams.set("to", to);
    for (const [name, day] of [["from", from], ["to", to]]) document.querySelector(`.days [name=${name}]`).value = day;
    turnTo(url, "places");
  };
  for (const input of [first, last]) {
    input.addEventListener("input", () => {
      if (at(first) > at(last)) (input === first ? last : first).value = input.value;
      panel.show(view);
    });
    input.addEventListener("change", settle);
  }
  let moving = 0;
  const stop = () => { clearInterval(moving); moving = 0; play.textContent = "▶ Play"; };
  play.addEventListener("click", () => {
    if (moving) { stop(); settle(); return; }
    const most = Number(last.max);
    let wide = at(last) - at(first);
    if (wide > most / 2) { wide = Math.min(3, most); first.value = 0; last.value = wide; } else if (at(last) >= most) { first.value = 0; last.value = wide; }
    play.textContent = "■ Stop";
    panel.show(view);
    moving = setInterval(() => {
      if (at(last) >= most) { stop(); settle(); return; }
      first.value = at(first) + 1;
      last.value = at(last) + 1;
      panel.show(view);
    }, 500);
  });
  panel.hidden = false;
  panel.show(view);
}

document.addEventListener("drawn", ({ target, detail: view }) => { if (target.id === "chart-map") slide(target, view); });
