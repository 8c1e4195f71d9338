"use strict";
// Gives a name to what Django leaves without one: fields in tables, and the boxes in which one searches for a record.
document.addEventListener("DOMContentLoaded", () => {
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
    for (const tip of document.querySelectorAll(".help-tooltip[aria-label]")) tip.setAttribute("role", "img");
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
