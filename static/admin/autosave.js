"use strict";
// Sends what is typed to be kept, for its author alone, so that a crash or an ended session loses nothing.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#practice_form");
  const state = document.querySelector("#admin-kept");
  if (!form || !state || !editorial.words.keep || !form.querySelector("[name=_save]")) return;
  const PAUSE = 2000; // milliseconds without a key
  let unsent = false;
  let leaving = false;
  let sending = null; // what is on its way: the server would keep it anew if it came after the save
  let timer;
  let trouble = "";

  function touched() {
    unsent = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  // Returns whether all is kept.
  async function keep({ again = true } = {}) {
    clearTimeout(timer);
    if (!unsent) return true;
    try {
      const ended = trouble === editorial.words.ended && await renewToken();
      if (ended) return tell(ended);
      unsent = false;
      const body = new URLSearchParams(new FormData(form));
      sending = fetch(editorial.words.keep, { method: "POST", body, redirect: "manual", keepalive: document.hidden && String(body).length < 60000 });
      const answer = await sending.finally(() => { sending = null; });
      if (answer.ok) return tell("", new Date((await answer.json()).kept_at));
      unsent = true;
      if (again && answer.status === 409) return rename(await answer.json());
      if (!again || (answer.type !== "opaqueredirect" && answer.status !== 403)) return tell(editorial.words.notKept);
      const problem = await renewToken();
      return problem ? tell(problem) : keep({ again: false });
    } catch {
      unsent = true;
      return tell(editorial.words.unreachable);
    }
  }

  // What was kept of this form was saved or discarded from another window; what is typed here is other work.
  function rename({ work }) {
    form.querySelector("[name=work]").value = work;
    return keep({ again: false });
  }

  // Who signed in again in another tab has a new token. Returns what hinders, in words; nothing when it can go on.
  async function renewToken() {
    const answer = await fetch(editorial.words.keep, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return editorial.words.ended;
    if (!answer.ok) return editorial.words.refused;
    const { token } = await answer.json();
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return "";
  }

  function tell(problem, at) {
    const text = problem || editorial.fill(editorial.words.kept, { time: at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) });
    state.hidden = false;
    state.classList.toggle("admin-trouble", Boolean(problem));
    state.textContent = text;
    if (problem && problem !== trouble) editorial.say(problem);
    trouble = problem;
    if (problem) timer = setTimeout(keep, 15000);
    return !problem;
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  document.addEventListener("formset:added", touched);
  document.addEventListener("formset:removed", touched);
  document.addEventListener("visibilitychange", () => { if (document.hidden && !leaving) keep(); });
  // Before it is saved it is kept: who was signed out meanwhile would otherwise lose the last words.
  form.addEventListener("submit", async (event) => {
    if (leaving || (!unsent && !sending)) return;
    event.preventDefault();
    await sending?.catch(() => {});
    await keep();
    if ([editorial.words.ended, editorial.words.refused, editorial.words.unreachable].includes(trouble)) return;
    leaving = true;
    form.requestSubmit(event.submitter);
  });
});
