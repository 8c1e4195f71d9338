"use strict";
// Shows the buttons that copy a text of the page, and says whether it worked. Fetches what a fold only links to.
function showButtons(part) {
  for (const button of part.querySelectorAll("[data-copies]")) {
    const text = document.getElementById(button.dataset.copies);
    const status = button.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        status.textContent = button.dataset.copied;
      } catch { // refused, or a page that came without encryption
        getSelection().selectAllChildren(text);
        status.textContent = button.dataset.notCopied;
      }
    });
  }
}

async function fetchInPlace(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = answer.ok && page.querySelector(link.dataset.fetches);
  if (!part || !link.isConnected) return; // the link stays
  link.parentElement.replaceWith(part);
  showButtons(part);
}

showButtons(document);
for (const link of document.querySelectorAll("details [data-fetches]")) {
  link.closest("details").addEventListener("toggle", () => fetchInPlace(link).catch(() => {}), { once: true });
}
