"use strict";
// What the scripts of the desk share: the sentences of the page, and a voice for who does not see it.
const desk = {
  words: {},
  say(text) {
    const status = document.querySelector("#desk-status");
    if (!status) return;
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50); // the same sentence twice is said twice
  },
  fill(sentence, values) {
    return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sentence);
  },
  button(text, about) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-small";
    desk.name(button, text, about);
    return button;
  },
  name(button, text, about) {
    const more = document.createElement("span");
    more.className = "visually-hidden";
    more.textContent = ` – ${about}`;
    button.replaceChildren(text, more);
  },
};

// Warns before work that is not saved is left behind.
document.addEventListener("DOMContentLoaded", () => {
  const words = document.querySelector("#desk-words");
  if (words) desk.words = words.dataset;
  const form = document.querySelector("#practice_form");
  if (!form || !form.querySelector("[name=_save]")) return;
  let changed = Boolean(document.querySelector(".errornote, #desk-resumed"));
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  document.addEventListener("formset:added", () => { changed = true; });
  document.addEventListener("submit", (event) => { if (event.target === form && !event.defaultPrevented) changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
});

// Gives a name to what Django leaves without one: fields in tables, and the boxes in which one searches for a record.
window.addEventListener("load", () => {
  const name = (element, text) => { if (text && !element.getAttribute("aria-label")) element.setAttribute("aria-label", text.trim().replace(/:$/, "")); };
  // What is chosen is part of the name; by itself it is no field.
  const nameSingle = (single, label) => {
    const chosen = single.querySelector(".select2-selection__rendered");
    label.id = label.id || `${label.htmlFor}_label`;
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    single.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  };
  // Among the items of its list stands a button, so it is none.
  const nameSeveral = (box, label) => {
    for (const part of box.querySelectorAll("[role=combobox], .select2-search__field")) name(part, label.textContent);
    for (const part of box.querySelectorAll("ul.select2-selection__rendered, ul.select2-selection__rendered > li")) part.setAttribute("role", "none");
  };
  const nameAll = () => {
    for (const cell of document.querySelectorAll(".tabular td")) {
      const heading = cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
      for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) name(field, heading && heading.textContent);
    }
    for (const box of document.querySelectorAll(".select2-container")) {
      const field = box.previousElementSibling;
      const label = field && field.id && document.querySelector(`label[for="${field.id}"]`);
      if (!label) continue;
      const single = box.querySelector(".select2-selection--single");
      if (single) nameSingle(single, label);
      else nameSeveral(box, label);
    }
  };
  nameAll();
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  // the boxes are made when their script is there, which may be later
  new MutationObserver(() => requestAnimationFrame(nameAll)).observe(document.body, { childList: true, subtree: true });
});
