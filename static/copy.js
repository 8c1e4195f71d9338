"use strict";
// Shows the buttons that copy a text of the page, and says whether it worked.
for (const button of document.querySelectorAll("[data-copies]")) {
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
