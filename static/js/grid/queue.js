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

export const storedOf = (cell) => {
  if (!stored.has(cell.name)) {
    const chosen = cell.options && [...cell.options].find((option) => option.defaultSelected);
    stored.set(cell.name, cell.dataset.stored ?? (cell.options ? (chosen?.value ?? "") : cell.defaultValue));
  }
  return stored.get(cell.name);
};

export const noteStored = (place, value) => stored.set(nameOf(place), value);

/* ── The values that wait ─────────────────────────────────────────────────────────────────────────────── */

const keep = () => {
  try {
    if (queue.size) localStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), cells: [...queue.values()] }));
    else localStorage.removeItem(KEPT);
  } catch { /* a full or forbidden storage costs only the survival of a closed tab */ }
};

export const enqueue = (cell) => {
  const was = storedOf(cell);
  hasTyped = true;
  if (cell.value === was) {
    if (!queue.delete(cell.name)) return;  /* stored while it was being typed: what the bar says stays true */
    mark(cell.closest("tr"), "");
  } else {
    queue.set(cell.name, { ...placeOf(cell), value: cell.value, was });
    mark(cell.closest("tr"), "edited");
  }
  keep();
  tell(queue.size ? "edited" : "");
};

export const valueThatWaits = (name) => queue.get(name)?.value;

/* What was typed into the page before this file had come; a value that the portal refused waits for a hand */
const typedBefore = () => cells().filter((cell) => !("stored" in cell.dataset) && cell.value !== storedOf(cell));

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
  if (queue.size) flush();
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

/* Send what waits. The promise is kept when nothing is under way any more, whether or not it went through */
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
