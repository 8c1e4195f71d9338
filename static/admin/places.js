"use strict";
// Moves the rows below a form up and down with buttons; their numbers follow. Without JavaScript one types the numbers.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#practice_form");
  if (!form || !editorial.words.up) return;
  const ORDER = "input[name$='-order']";

  const rowOf = (input) => input.closest("tr.form-row, div.inline-related:not(.tabular)");
  const isRow = (row) => row && !row.classList.contains("empty-form") && row.querySelector(ORDER);
  const rowsOf = (row) => [...row.parentElement.children].filter(isRow);
  const isEmpty = (row) => !row.classList.contains("has_original")
    && [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].every((field) => !field.value || field.type === "checkbox");

  function prepare(input) {
    const row = rowOf(input);
    if (!isRow(row) || row.querySelector(".admin-places")) return;
    const places = document.createElement("span");
    places.className = "admin-places";
    const title = row.querySelector(".inline_label, td.original p");
    const about = title ? title.textContent.trim() : editorial.words.newRow;
    for (const [step, text, sign] of [[-1, editorial.words.up, "↑"], [1, editorial.words.down, "↓"]]) {
      const button = editorial.button(sign, about);
      button.setAttribute("aria-label", `${text}: ${about}`);
      button.title = text;
      button.addEventListener("click", () => move(row, step, button));
      places.append(button);
    }
    input.after(places);
  }

  function move(row, step, button) {
    const rows = rowsOf(row);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return editorial.say(editorial.words.noFurther);
    if (step < 0) other.before(row);
    else other.after(row);
    const moved = rowsOf(row);
    let place = 0;
    for (const each of moved) if (each === row || !isEmpty(each)) each.querySelector(ORDER).value = ++place;
    row.querySelector(ORDER).dispatchEvent(new Event("change", { bubbles: true }));
    button.focus();
    return editorial.say(editorial.fill(editorial.words.moved, { place: moved.indexOf(row) + 1, rows: moved.length }));
  }

  const prepareAll = (scope) => { for (const input of scope.querySelectorAll(ORDER)) prepare(input); };
  document.addEventListener("formset:added", (event) => prepareAll(event.target));
  prepareAll(form);
});
