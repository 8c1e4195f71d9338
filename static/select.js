"use strict";
// Remembers the practices a reader marks: in this browser alone, only once she has marked one, the same in every tab.
// Without JavaScript the boxes are fields `pick` of the list's form, and the server makes the tray.
{
  const KEY = "marked";
  const MOST = 100; // what an address can carry
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const main = document.getElementById("main");
  const template = document.getElementById("tray-template").content.firstElementChild;
  const words = template.dataset;
  const inAddress = new URLSearchParams(location.search).getAll("pick");
  const status = document.createElement("p"); // there before anything is said, or it would not be heard
  let tray;

  const read = (otherwise) => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      if (Array.isArray(kept)) return new Set(kept);
    } catch {
      // a browser that keeps nothing, or something that is not ours
    }
    return new Set(otherwise);
  };
  let marked = read(inAddress); // what the reader has kept counts more than what an address carries

  const keep = () => {
    try {
      if (marked.size || inAddress.length) localStorage.setItem(KEY, JSON.stringify([...marked]));
      else localStorage.removeItem(KEY);
    } catch {
      // the marks still hold on this page
    }
  };

  const counted = () => (words[["none", "one"][marked.size]] || words.many).replace("{n}", marked.size);

  const showTray = () => {
    if (!tray && marked.size) main.append((tray = template.cloneNode(true)));
    if (!tray) return;
    tray.hidden = !marked.size;
    tray.querySelector(".number").textContent = counted();
    for (const part of all("[data-from]", tray)) part.hidden = marked.size < part.dataset.from || marked.size > part.dataset.to;
    const query = new URLSearchParams([...marked].map((code) => ["id", code]));
    for (const link of all("a[data-ids]", tray)) link.search = query;
  };

  const show = () => {
    for (const field of all("[name=pick]")) field.removeAttribute("name"); // the address need not carry them
    for (const box of all(".pick input")) box.checked = marked.has(box.value);
    showTray();
  };

  const change = (codes) => {
    marked = new Set(codes);
    keep();
    show();
    status.textContent = counted();
  };

  status.className = "vh";
  status.setAttribute("role", "status");
  document.body.append(status);
  document.documentElement.classList.add("scripted");

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.closest(".pick")) return;
    event.stopImmediatePropagation(); // a mark filters nothing
    const codes = [...marked].filter((code) => code !== box.value);
    if (!box.checked || marked.size < MOST) return change(box.checked ? [...codes, box.value] : codes);
    box.checked = false;
    status.textContent = words.full.replace("{n}", MOST);
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.dataset.marks !== undefined) change(link.dataset.marks.split(" ").filter(Boolean)); // then the list opens
    if (!event.target.closest(".tray .clear")) return;
    change([]);
    main.tabIndex = -1;
    (all(".pick input")[0] || main).focus(); // the tray goes, and the focus with it
  });

  for (const name of ["htmx:afterSwap", "htmx:historyRestore", "DOMContentLoaded"]) document.addEventListener(name, show);
  addEventListener("pageshow", () => {
    marked = read(inAddress);
    show();
  });
  addEventListener("storage", ({ key }) => {
    if (key !== KEY && key !== null) return;
    marked = read([]);
    show();
  });
  show();
}
