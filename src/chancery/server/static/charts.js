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
