"use strict";
// What the scripts of the admin share: the sentences of the page, and a voice for who does not see it.
const editorial = {
  words: {},
  say(text) {
    const status = document.querySelector("#admin-status");
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
    button.className = "admin-small";
    editorial.name(button, text, about);
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
  const words = document.querySelector("#admin-words");
  if (words) editorial.words = words.dataset;
  const form = document.querySelector("#practice_form");
  if (!form || !form.querySelector("[name=_save]")) return;
  let changed = Boolean(document.querySelector(".errornote, #admin-resumed"));
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("change", () => { changed = true; });
  document.addEventListener("formset:added", () => { changed = true; });
  document.addEventListener("submit", (event) => { if (event.target === form && !event.defaultPrevented) changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
});
