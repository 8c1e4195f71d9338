"use strict";
// Where two people wrote the same text, shows the chosen one in its field at once. Without JavaScript saving does it.
document.addEventListener("DOMContentLoaded", () => {
  for (const group of document.querySelectorAll("[data-merged]")) {
    const field = document.querySelector(`#id_${group.dataset.merged}`);
    const theirs = group.querySelector("[value=theirs]");
    const mine = group.querySelector("[value=mine]");
    if (!field || !theirs.dataset.text) continue;
    let own = field.value;
    const put = (text) => {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    theirs.addEventListener("change", () => put(theirs.dataset.text));
    mine.addEventListener("change", () => put(own));
    field.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      own = field.value; // what is typed now is what one wants
      mine.checked = true;
    });
  }
});
