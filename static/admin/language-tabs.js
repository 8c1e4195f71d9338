"use strict";
// Shows the texts of one language at a time, in the form and in the rows below it. Without JavaScript all are shown.
// After an error every language is shown, so that no message is hidden.
document.addEventListener("DOMContentLoaded", () => {
  const fieldsets = [...document.querySelectorAll("fieldset.language-tab")];
  if (!fieldsets.length) return;
  const form = fieldsets[0].closest("form");
  const KEY = "catalogue-language";
  const ALL = "all";
  const codes = ["es", "en", "pt"];
  const asked = codes.find((code) => location.hash.endsWith(`_${code}`)); // a link to a text: …/change/#id_title_pt
  if (asked) localStorage.setItem(KEY, asked);

  const languageOf = (element) => {
    const own = codes.find((code) => element.classList.contains(`language-${code}`));
    if (own) return own;
    return codes.find((code) => [...element.classList].some((name) => name.startsWith("field-") && name.endsWith(`_${code}`)));
  };

  let shown = codes[0];
  const bar = document.createElement("div");
  bar.className = "language-bar";
  bar.setAttribute("role", "group");
  const buttons = codes.map((code) => {
    const fieldset = fieldsets.find((item) => item.classList.contains(`language-${code}`));
    return makeButton(code, fieldset.querySelector("h2").textContent);
  });
  buttons.push(makeButton(ALL, codes.join(" + ")));
  bar.append(...buttons);
  fieldsets[0].before(bar);

  function makeButton(code, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.dataset.language = code;
    button.addEventListener("click", () => {
      localStorage.setItem(KEY, code);
      show(code);
    });
    return button;
  }

  function show(code) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === code));
    const parts = [...fieldsets, ...form.querySelectorAll(".inline-group .form-row")];
    for (const part of parts) {
      const language = languageOf(part);
      // The status of a translation is about a language, not in it.
      if (language && !isAboutLanguage(part)) part.hidden = code !== ALL && language !== code;
    }
    placeMarks(code === ALL ? codes[0] : code);
    shown = code;
  }

  // What is said of a text in all its languages, such as “reading of the editors”, stands below the text that is shown.
  function placeMarks(code) {
    for (const mark of form.querySelectorAll("input[id$=_inferred]")) {
      const text = document.getElementById(`${mark.id.replace(/_inferred$/, "")}_${code}`);
      text?.closest(".form-row")?.after(mark.closest(".form-row"));
    }
  }

  function isAboutLanguage(part) {
    return [...part.classList].some((name) => name.startsWith("field-translation_status_") || name.startsWith("field-origin_"));
  }

  document.addEventListener("formset:added", () => show(shown));
  show(form.querySelector(".errorlist, .errornote") ? ALL : localStorage.getItem(KEY) || codes[0]);
});
