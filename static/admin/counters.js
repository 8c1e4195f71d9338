"use strict";
// Says how much of a limited text is written: always to see, aloud only when it becomes too long.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#practice_form");
  if (!form || !editorial.words.count) return;

  function prepare(input) {
    const most = Number(input.dataset.limit || input.maxLength);
    if (!most || most < 0 || input.closest(".empty-form") || input.dataset.counted || !input.lang) return;
    input.dataset.counted = "yes";
    const counter = document.createElement("p");
    counter.className = "admin-counter";
    counter.id = `${input.id}_count`;
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${counter.id}`.trim());
    const row = input.closest(".form-row");
    (row && row.querySelector(".help") || input.parentElement).append(counter);
    const count = () => {
      const written = [...input.value].length;
      const tooLong = written > most;
      counter.textContent = editorial.fill(editorial.words.count, { written, most });
      if (tooLong && !counter.classList.contains("admin-too-long")) editorial.say(editorial.fill(editorial.words.tooLong, { written, most }));
      counter.classList.toggle("admin-too-long", tooLong);
    };
    input.addEventListener("input", count);
    count();
  }

  const prepareAll = (scope) => { for (const input of scope.querySelectorAll("input[maxlength], textarea[maxlength], [data-limit]")) prepare(input); };
  document.addEventListener("formset:added", (event) => prepareAll(event.target));
  prepareAll(form);
});
