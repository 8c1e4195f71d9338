"use strict";
// Shows how far an import is, and the page anew when it is done.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("#import-progress");
  if (!place) return;
  const bar = place.querySelector("progress");
  const words = place.querySelector("#import-words");
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.address, { headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!told.at_work) {
        window.location.reload();
        return;
      }
      if (told.total) {
        bar.max = told.total;
        bar.value = told.done;
      }
      if (words.textContent !== told.words) words.textContent = told.words;
    } catch {
      // the server is busy or away: asked again
    }
    setTimeout(look, 1500);
  };
  look();
});
