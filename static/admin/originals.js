"use strict";
// Shows beside every text the same text in the original language, and copies it on request; a copy can be undone.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#practice_form");
  if (!form || !editorial.words.original) return;
  const codes = ["es", "en", "pt"];
  const names = { es: editorial.words.languageEs, en: editorial.words.languageEn, pt: editorial.words.languagePt };
  const htmlCodes = { es: "es", en: "en", pt: "pt-BR" };
  const chosen = form.querySelector("#id_original_language");
  const beside = new Map(); // from a row to the text beside it

  const originalLanguage = () => (chosen ? chosen.value : editorial.words.original);
  const scopeOf = (row) => row.closest(".inline-related") || form;

  // The field and language of a row: ["title", "es"]; undefined for a row that holds no text of a language.
  function textOf(row) {
    for (const name of row.classList) {
      const found = /^field-(?!translation_status_|origin_)(.+)_(es|en|pt)$/.exec(name);
      if (found) return found.slice(1);
    }
    return undefined;
  }

  function rowOf(scope, field, code) {
    return [...scope.querySelectorAll(`.form-row.field-${field}_${code}`)].find((row) => scopeOf(row) === scope);
  }

  function written(row) {
    if (!row) return "";
    const input = row.querySelector("input, textarea");
    return (input ? input.value : (row.querySelector(".readonly") || {}).innerText || "").trim().replace(/^-$/, "");
  }

  // The language and words of what stands in for the original: a text in another language when the original is empty.
  function sourceFor(row) {
    const [field, own] = textOf(row);
    const first = originalLanguage();
    if (own === first) return undefined;
    return [first, ...codes].filter((code) => code !== own)
      .map((code) => [code, written(rowOf(scopeOf(row), field, code))]).find(([, text]) => text);
  }

  function prepare(row) {
    const input = row.querySelector("input, textarea");
    if (!textOf(row) || !input || beside.has(row) || row.closest(".empty-form")) return;
    const label = row.querySelector("label").textContent.trim().replace(/:$/, "");
    const box = document.createElement("div");
    box.className = "admin-original";
    const heading = document.createElement("p");
    heading.className = "admin-original-heading";
    const text = document.createElement("p");
    text.className = "admin-original-text";
    const button = editorial.button(editorial.words.copy, label);
    box.append(heading, text, button);
    row.append(box);
    beside.set(row, { box, heading, text, button, label, input, undo: undefined });
    button.addEventListener("click", () => copy(row));
    refresh(row);
  }

  function refresh(row) {
    const { box, heading, text, button, undo } = beside.get(row);
    const source = sourceFor(row);
    box.hidden = !source;
    row.classList.toggle("has-original", Boolean(source));
    if (!source) return;
    const [code, words] = source;
    const sentence = code === originalLanguage() ? editorial.words.originalIn : editorial.words.textIn;
    heading.textContent = editorial.fill(sentence, { language: names[code] });
    text.lang = htmlCodes[code];
    text.textContent = words;
    button.disabled = undo === undefined && beside.get(row).input.value.trim() === words;
  }

  function copy(row) {
    const part = beside.get(row);
    const [, words] = sourceFor(row);
    const undoing = part.undo !== undefined;
    const before = part.input.value;
    part.copying = true;
    part.input.value = undoing ? part.undo : words;
    part.undo = undoing ? undefined : before;
    part.input.dispatchEvent(new Event("input", { bubbles: true }));
    part.copying = false;
    editorial.name(part.button, undoing ? editorial.words.copy : editorial.words.undo, part.label);
    editorial.say(editorial.fill(undoing ? editorial.words.undone : editorial.words.copied, { field: part.label }));
    part.button.disabled = false; // it keeps the focus
  }

  form.addEventListener("input", (event) => {
    const row = event.target.closest(".form-row");
    const own = row && textOf(row);
    if (!own) return;
    const part = beside.get(row);
    if (part && part.undo !== undefined && !part.copying) {
      part.undo = undefined; // what was typed since is not thrown away by an old copy
      editorial.name(part.button, editorial.words.copy, part.label);
    }
    for (const code of codes) {
      const other = rowOf(scopeOf(row), own[0], code);
      if (beside.has(other)) refresh(other);
    }
  });
  if (chosen) chosen.addEventListener("change", () => { for (const row of beside.keys()) refresh(row); });
  const prepareAll = (scope) => { for (const row of scope.querySelectorAll(".form-row")) prepare(row); };
  document.addEventListener("formset:added", (event) => prepareAll(event.target));
  prepareAll(form);
});
