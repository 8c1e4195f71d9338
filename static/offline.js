"use strict";
// The search and the filters of the offline copy. The index stands in search-index.js beside the page; its practices
// are in the order of the cards. Without JavaScript the page is the whole list.
{
  const form = document.querySelector("form[data-offline]");
  const hits = document.querySelector(".hits");
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const cards = [...hits.children];
  const index = window.catalogueIndex;
  const ENDING = /(?:ciones|cion|coes|cao|oes|aes|aos|ao|es|s)$/; // plurals in the three languages

  const words = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const stem = (word) => (word.length > 4 ? word.replace(ENDING, "") : word);

  const holds = (text, start) => ` ${text}`.includes(` ${start}`);

  const rank = (practice, starts) => {
    if (!starts.every((start) => holds(practice.title, start) || holds(practice.text, start))) return 0;
    return 1 + starts.filter((start) => holds(practice.title, start)).length;
  };

  const show = (query) => {
    const starts = words(query.get("q") || "").map(stem);
    const chosen = [...form.querySelectorAll("select")]
      .map(({ name }) => [name, query.getAll(name)])
      .filter(([, values]) => values.some(Boolean));
    const found = index
      .map((practice, place) => ({ practice, place, rank: rank(practice, starts) }))
      .filter(({ practice, rank }) =>
        rank && chosen.every(([name, values]) => values.some((value) => practice[name].includes(value))));
    found.sort((one, other) => other.rank - one.rank || one.place - other.place);
    hits.replaceChildren(...found.map(({ place }) => cards[place]));
    count.textContent = count.dataset[found.length === 1 ? "one" : "many"].replace("{n}", found.length);
    none.hidden = found.length > 0;
  };

  const fill = (query) => {
    form.elements.q.value = query.get("q") || "";
    for (const select of form.querySelectorAll("select")) select.value = query.get(select.name) || "";
  };

  const ask = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    show(query);
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("input", ask);
  form.addEventListener("reset", () => setTimeout(ask));
  const asked = new URLSearchParams(location.search);
  fill(asked);
  if ([...asked].length) show(asked);
}
