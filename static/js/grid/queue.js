/* What was stored and what waits to be: the queue survives a lost network, a closed tab and an ended session. */

import { button, mark, tell } from "./marks.js";
import { cells, form, inputOf, nameOf, placeOf, words } from "./sheet.js";

const KEPT = `grid:${form?.dataset.user}:${form?.dataset.paper}`;
const WEEK = 7 * 24 * 3600 * 1000;
const BATCH = 200;
const LONGEST_PAUSE = 30;

const stored = new Map();
const queue = new Map();
let sending = null;
let failures = 0;
let retryTimer = 0;
let hasTyped = false;
let token = form?.elements.csrfmiddlewaretoken?.value;
let takeAnswer = () => {};

export const onAnswer = (act) => { takeAnswer = act; };
export const isWaiting = () => queue.size > 0;
export const isStuck = () => queue.size > 0 && failures > 0;
export const hasFailed = () => failures > 0;
export const wasEdited = () => hasTyped;
export const csrfToken = () => token;

/* ── The value that the portal has ────────────────────────────────────────────────────────────────────── */

const cameWith = (cell) => {
  if (!cell.options) return cell.defaultValue;
  return [...cell.options].find((option) => option.defaultSelected)?.value ?? "";
};

export const storedOf = (cell) => {
  if (!stored.has(cell.name)) stored.set(cell.name, cell.dataset.stored ?? cameWith(cell));
  return stored.get(cell.name);
};

export const noteStored = (place, value) => stored.set(nameOf(place), value);
export const forget = (cell) => stored.delete(cell.name);

/* A field of one line leaves out the line breaks of its value by itself: that is nobody's edit */
const isShown = (cell, value) => cell.value === (cell.tagName === "INPUT" ? value.replace(/[\r\n]/g, "") : value);
export const isUntouched = (cell) => isShown(cell, storedOf(cell));
export const isSettled = (cell) => isUntouched(cell) && !queue.has(cell.name);

/* ── The values that wait ─────────────────────────────────────────────────────────────────────────────── */

const keep = () => {
  try {
    if (queue.size) localStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), cells: [...queue.values()] }));
    else localStorage.removeItem(KEPT);
  } catch { /* a full or forbidden storage costs only the survival of a closed tab */ }
};

export const enqueue = (cell) => {
  hasTyped = true;
  if (isUntouched(cell)) {
    queue.delete(cell.name);
    mark(cell.closest("tr"), "");
  } else {
    queue.set(cell.name, { ...placeOf(cell), value: cell.value, was: storedOf(cell) });
    mark(cell.closest("tr"), "edited");
  }
  keep();
  tell(queue.size ? "edited" : "");
};

export const valueThatWaits = (name) => queue.get(name)?.value;

/* What was typed into the page before this file had come */
const typedBefore = () => cells().filter((cell) => !isShown(cell, cameWith(cell)));

export const restore = () => {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch { /* not ours, or not allowed */ }
  typedBefore().forEach(enqueue);
  if (kept && Date.now() - kept.at <= WEEK) {
    for (const cell of kept.cells) {
      const input = inputOf(cell);
      if (queue.has(nameOf(cell)) || (input && storedOf(input) === cell.value)) continue;
      if (input) input.value = cell.value;
      queue.set(nameOf(cell), cell);
    }
  }
  keep();
  tell(queue.size ? "edited" : "");
  if (!queue.has(document.activeElement?.name)) flush();  /* whoever is still typing is waited for */
};

/* ── Sending ──────────────────────────────────────────────────────────────────────────────────────────── */

const freshToken = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  token = page.querySelector("#grid [name=csrfmiddlewaretoken]")?.value ?? token;
};

const send = (batch, leaving = false) =>
  fetch(form.dataset.cells, {
    method: "POST",
    credentials: "same-origin",
    keepalive: leaving,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ user: form.dataset.user, cells: batch.map(([, cell]) => cell) }),
  });

/* The answer to a batch, or nothing when it did not go through */
const answerTo = async (batch) => {
  try {
    let answer = await send(batch);
    if (answer.status === 403) {
      await freshToken();
      answer = await send(batch);
    }
    if (answer.status === 401 || answer.status === 403 || answer.redirected) return ended();
    if (answer.status === 423 || answer.status === 404) return locked(await answer.json().catch(() => ({})));
    return answer.ok ? await answer.json() : unreached();
  } catch {
    return unreached();
  }
};

const sendAll = async () => {
  while (queue.size) {
    const batch = [...queue.entries()].slice(0, BATCH);
    tell("saving");
    for (const [name] of batch) mark(form.elements[name]?.closest("tr"), "saving");
    const answer = await answerTo(batch);
    if (!answer) return;
    failures = 0;
    /* What was sent waits no longer, whether the portal had a word on it or not; what was typed since does */
    for (const [name, cell] of batch) if (queue.get(name)?.value === cell.value) queue.delete(name);
    takeAnswer(new Map(batch), answer);
    keep();
  }
};

/* Send what waits. The promise resolves when nothing is under way any more, whether or not it went through */
export const flush = () => {
  clearTimeout(retryTimer);
  if (!sending && queue.size) sending = sendAll().finally(() => { sending = null; });
  return sending ?? Promise.resolve();
};

export const flushOnLeaving = () => {
  if (queue.size && !sending) send([...queue.entries()].slice(0, BATCH), true).catch(() => {});
};

/* ── When it does not go through ──────────────────────────────────────────────────────────────────────── */

const retry = () => button(words.retry, () => flush());

const stopped = () => {
  failures += 1;
  for (const name of queue.keys()) mark(form.elements[name]?.closest("tr"), "offline");
};

const unreached = () => {
  if (!queue.size) return tell("");
  stopped();
  const pause = Math.min(2 ** (failures - 1), LONGEST_PAUSE) * (0.75 + Math.random() / 2);
  retryTimer = setTimeout(flush, pause * 1000);
  tell("offline", words.offline.replace("{count}", queue.size), " ", retry());
};

const ended = () => {
  stopped();
  const link = document.createElement("a");
  link.href = `${words.login}?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = words.signIn;
  tell("offline", words.ended, " ", link, " ", retry());
};

const locked = ({ message }) => {
  stopped();
  tell("wrong", message ?? words.error);
};
