"use strict";
// Turns every search field into a combobox (ARIA 1.2, list without completion in the field). Without JavaScript it
// stays a plain search field. Address and words come from the data- attributes of this script's element in base.html.
{
  const words = document.currentScript.dataset;
  const WAIT = 150; // ms after the last key
  const SHORTEST = 2;

  const set = (target, attributes) => {
    for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  };

  const element = (tag, attributes, text = "") => {
    const made = document.createElement(tag);
    set(made, attributes);
    made.textContent = text;
    return made;
  };

  const enhance = (input, number) => {
    const id = `suggestions-${number}`;
    const list = element("ul", { class: "suggestions", role: "listbox", id, "aria-label": words.label });
    const status = element("p", { class: "vh", role: "status" });
    let options = [];
    let active = -1;
    let timer;
    let asked; // the request under way
    let shownFor = ""; // the text whose suggestions are shown

    list.hidden = true;
    set(input, { role: "combobox", "aria-controls": id, "aria-expanded": "false", "aria-autocomplete": "list" });
    input.autocomplete = "off";
    // What tells of the results must not tell of the suggestions: the region stands beside the field.
    input.parentElement.append(list, status);

    const activate = (index) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };

    const open = (opened) => {
      list.hidden = !opened;
      input.setAttribute("aria-expanded", String(opened));
      activate(-1);
    };

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      open(false);
      status.textContent = "";
    };

    const show = (suggestions) => {
      options = suggestions.map(({ kind, label, url }, index) => {
        const option = element("li", { role: "option", id: `${id}-${index}`, "aria-selected": "false" });
        option.dataset.url = url;
        option.append(element("span", {}, label), " ", element("small", {}, words[kind] || ""));
        return option;
      });
      list.replaceChildren(...options);
      open(options.length > 0);
      const sentence = ["none", "one"][options.length] || "many";
      status.textContent = words[sentence].replace("{n}", options.length);
    };

    const ask = async () => {
      const text = input.value.trim();
      clearTimeout(timer);
      asked?.abort();
      if (text.length < SHORTEST) return close();
      const request = (asked = new AbortController());
      try {
        const answer = await fetch(`${words.url}?${new URLSearchParams({ q: text })}`, { signal: request.signal });
        const { suggestions } = await answer.json();
        if (request.signal.aborted || document.activeElement !== input) return;
        shownFor = text;
        show(suggestions);
      } catch {
        if (!request.signal.aborted) close(); // the plain search still works
      }
    };

    const go = (option) => location.assign(option.dataset.url);

    const move = async (step) => {
      if (list.hidden) await (options.length && shownFor === input.value.trim() ? open(true) : ask());
      const from = active < 0 && step < 0 ? 0 : active;
      if (!list.hidden) activate((from + step + options.length) % options.length);
    };

    const jump = (index) => {
      const inList = active >= 0;
      if (inList) activate(index);
      return inList; // else the cursor moves in the field
    };

    // Each returns whether the key has done its work; else the field does what it always does.
    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => jump(0),
      End: () => jump(options.length - 1),
      Escape: () => {
        const wasOpen = !list.hidden;
        close();
        return wasOpen;
      },
      Enter: () => {
        const option = options[active];
        if (option) go(option);
        close();
        return option; // without one the form is submitted
      },
      Tab: () => close(),
    };

    input.addEventListener("keydown", (event) => {
      const plain = !event.isComposing && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if ((plain || event.key === "Tab") && keys[event.key]?.()) event.preventDefault();
    });
    input.addEventListener("input", () => {
      clearTimeout(timer);
      activate(-1);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  };

  document.querySelectorAll("input[type=search][name=q]").forEach(enhance);
}
