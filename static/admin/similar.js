"use strict";
// Names practices with a similar title while one is typed, politely: nothing moves, nothing is blocked.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#practice_form");
  if (!form || !editorial.words.similar) return;
  const PAUSE = 600; // milliseconds without a key

  for (const input of form.querySelectorAll("input[name^=title_]")) {
    const box = document.createElement("div");
    box.className = "admin-similar";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    const list = document.createElement("ul");
    box.append(status, list);
    input.closest(".flex-container").parentElement.append(box);
    let timer;
    let latest = 0;
    const ask = async () => {
      const mine = ++latest;
      const address = `${editorial.words.similar}?${new URLSearchParams({ title: input.value, practice: editorial.words.practice })}`;
      const answer = await fetch(address, { redirect: "manual" }).catch(() => undefined);
      if (!answer || !answer.ok || mine !== latest) return;
      const found = await answer.json();
      if (status.textContent !== found.sentence) status.textContent = found.sentence;
      list.replaceChildren(...found.practices.map(entry));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  }

  function entry(practice) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = practice.url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = practice.title;
    const hint = document.createElement("span");
    hint.className = "visually-hidden";
    hint.textContent = ` (${editorial.words.newTab})`;
    link.append(hint);
    item.append(link, ` · ${practice.state}`);
    return item;
  }
});
