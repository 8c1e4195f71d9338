"use strict";
// What htmx leaves to us when results change in place: focus, what is typed or unfolded, the plain page on any failure.
{
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const on = (name, act) => document.addEventListener(name, act, true);
  let outdated = false; // the reader has asked for something else since the request under way left
  let leaving, before; // whether another page is on its way, and what the swap must not lose
  if (navigator.connection?.saveData) document.body.setAttribute("data-hx-disable", "");
  const visit = ({ detail }) => leaving || location.assign(detail.pathInfo.finalRequestPath);
  const follow = (field) => { // what stands outside the replaced regions
    if (field !== document.activeElement) field.value = new URLSearchParams(location.search).get("q") || "";
    for (const link of all(".langs a")) link.search = location.search;
  };
  on("change", (event) => { // folding asks for nothing; a date still being typed is asked for when it is left
    if (event.target.id === "fold" || (event.target.type === "date" && event.isTrusted)) event.stopPropagation();
    else outdated = true;
  });
  on("focusout", ({ target, target: { type, value, defaultValue } }) => {
    if (type === "date" && value !== defaultValue) target.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const name of ["confirm", "historyCacheMiss"]) on(`htmx:${name}`, () => (outdated = true));
  for (const name of ["responseError", "sendError", "timeout", "onLoadError"]) on(`htmx:${name}`, visit);
  on("htmx:historyCacheMissLoadError", () => location.reload());
  const drop = (form) => [...form].forEach(([name, value]) => value || form.delete(name)); // shorter addresses
  on("htmx:configRequest", ({ detail }) => drop(detail.formData));
  on("htmx:beforeRequest", () => {
    outdated = leaving = false;
    window.onbeforeunload = () => void (leaving = true);
    byId("results").setAttribute("aria-busy", "true");
  });
  on("htmx:afterRequest", () => byId("results").removeAttribute("aria-busy"));
  on("htmx:beforeSwap", (event) => {
    const { isError, requestConfig: { elt }, serverResponse } = event.detail;
    const { id, type, value } = document.activeElement;
    before = { id: type === "number" && id, value, chip: all(".chip").indexOf(elt), pager: elt.closest(".pager") };
    before.open = all("#filters details").map((facet) => facet.open);
    if (!isError && (outdated || !serverResponse.includes('id="results"'))) event.preventDefault();
    if (!outdated && event.defaultPrevented) visit(event);
  });
  on("htmx:afterSwap", ({ target, detail: { requestConfig: { triggeringEvent: trigger } = {} } }) => {
    if (target.id !== "results") return;
    window.onbeforeunload = null;
    follow(byId("id_q"));
    all("#filters details").forEach((facet, index) => (facet.open = before.open[index]));
    if (before.id) byId(before.id).value = before.value;
    if (document.activeElement !== document.body) return;
    const changed = trigger?.type === "change" && byId(trigger.target.id);
    const nextChip = before.chip >= 0 && (all(".chip")[before.chip] || all(".chip").pop());
    if (before.pager) byId("h-results").scrollIntoView();
    (changed || nextChip || byId("h-results")).focus({ preventScroll: Boolean(changed) });
  });
  on("htmx:historyRestore", ({ detail }) => {
    if (detail.path !== location.pathname + location.search) return location.reload();
    byId("h-results").focus({ preventScroll: true });
    follow(byId("id_q"));
    setTimeout((said) => (byId("count").textContent = said), 100, byId("count").textContent);
    byId("count").textContent = ""; // a region is heard when its text changes, not when it comes
  });
}
