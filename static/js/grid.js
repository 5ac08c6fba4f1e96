/* A sheet edited in place: what is typed is saved by itself, cell by cell, and survives a lost network, a closed
   tab and an ended session. Everything works without this file: the form then has one button, Save.

   The form `#grid` names the address of the cells (data-cells), the person and the paper; inputs are named
   `line-<pk>-<field>`. Words come from `#grid-status`, so that they are the page's language. */

import { say } from "./page.js";

const form = document.getElementById("grid");
const status = document.getElementById("grid-status");
const words = status?.dataset;
const NAME = /^line-(\d+)-([a-z_]+)$/;
const KEPT = `grid:${form?.dataset.user}:${form?.dataset.paper}`;
const WEEK = 7 * 24 * 3600 * 1000;
const IDLE = 1500;
const BATCH = 200;
const LONGEST_PAUSE = 30;

const cellOf = (target) => (target.name && NAME.test(target.name) && !target.name.endsWith("-version") ? target : null);
const cells = () => [...form.querySelectorAll("tbody :is(input:not([type=hidden]), textarea, select)")];
const shownIn = (cell) => cell.closest("tr").offsetParent !== null;

/* ── What was stored, what waits ──────────────────────────────────────────────────────────────────────── */

const stored = new Map();
const queue = new Map();
let inFlight = false;
let idle = 0;
let failures = 0;
let retryTimer = 0;

const storedOf = (cell) => {
  if (!stored.has(cell.name)) {
    const chosen = cell.options && [...cell.options].find((option) => option.defaultSelected);
    stored.set(cell.name, cell.dataset.stored ?? (cell.options ? (chosen?.value ?? "") : cell.defaultValue));
  }
  return stored.get(cell.name);
};

const keep = () => {
  try {
    if (queue.size) localStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), cells: [...queue.values()] }));
    else localStorage.removeItem(KEPT);
  } catch { /* a full or forbidden storage costs only the survival of a closed tab */ }
};

const enqueue = (cell) => {
  const [, line, field] = NAME.exec(cell.name);
  const was = storedOf(cell);
  if (cell.value === was) {
    queue.delete(cell.name);
    mark(cell.closest("tr"), "");
  } else {
    queue.set(cell.name, { line: Number(line), field, value: cell.value, was });
    mark(cell.closest("tr"), "edited");
  }
  keep();
  tell();
};

/* ── Words: one line for the page, one mark in each row ───────────────────────────────────────────────── */

const SHAPES = { edited: ["", "pen"], saving: ["doing", "saving"], saved: ["done", "done"], offline: ["late", "offline"] };

const drawn = (shape) => {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${form.dataset.icons}#${shape}`);
  icon.append(use);
  return icon;
};

const made = (kind, text) => {
  const element = document.createElement("span");
  const [tone, shape] = SHAPES[kind] ?? ["wrong", "wrong"];
  element.className = `mark ${tone}`;
  element.append(drawn(shape), text);
  return element;
};

const mark = (row, kind) => {
  const place = row?.querySelector("td.beyond");
  if (!place) return;
  place.querySelector("[data-state]")?.remove();
  if (!kind) return;
  const element = made(kind, kind === "offline" ? words.edited : words[kind]);
  element.dataset.state = kind;
  place.prepend(element);
  if (kind === "saved") setTimeout(() => element.remove(), 2000);
};

const tell = (kind = "", text = "", ...more) => {
  const shown = kind || (queue.size ? "edited" : "");
  status.replaceChildren(...(shown ? made(shown, text || words[shown]).childNodes : []), ...more);
  status.className = `mark push ${(SHAPES[shown] ?? [""])[0]}`;
};

const button = (label, act) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "plain-link";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
};

/* ── Sending ──────────────────────────────────────────────────────────────────────────────────────────── */

let token = form?.elements.csrfmiddlewaretoken?.value;

const freshToken = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  token = page.querySelector("#grid [name=csrfmiddlewaretoken]")?.value ?? token;
};

const send = async (batch, leaving = false) => {
  const body = JSON.stringify({ user: form.dataset.user, cells: batch.map(([, cell]) => cell) });
  return fetch(form.dataset.cells, {
    method: "POST",
    credentials: "same-origin",
    keepalive: leaving,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body,
  });
};

const flush = async (isSecondTry = false) => {
  clearTimeout(idle);
  clearTimeout(retryTimer);
  if (inFlight || !queue.size) return;
  const batch = [...queue.entries()].slice(0, BATCH);
  inFlight = true;
  tell("saving");
  for (const [name] of batch) mark(form.elements[name]?.closest("tr"), "saving");
  try {
    const answer = await send(batch);
    if (answer.status === 403 && !isSecondTry) {
      await freshToken();
      inFlight = false;
      await flush(true);
      return;
    }
    if (answer.status === 401 || answer.status === 403 || answer.redirected) return ended();
    if (answer.status === 423 || answer.status === 404) return locked(await answer.json().catch(() => ({})));
    if (!answer.ok) throw new Error(String(answer.status));
    failures = 0;
    settle(batch, await answer.json());
  } catch {
    unreached();
  } finally {
    inFlight = false;
  }
  if (queue.size && !failures) flush();
};

const settle = (batch, answer) => {
  const sent = new Map(batch);
  for (const cell of answer.cells) {
    const name = `line-${cell.line}-${cell.field}`;
    const input = form.elements[name];
    const value = sent.get(name)?.value;
    const isSaved = cell.state === "saved";
    if (queue.get(name)?.value === value) queue.delete(name);
    if (isSaved) stored.set(name, String(cell.value));
    if (cell.state === "conflict") stored.set(name, cell.theirs ?? "");
    if (!input) continue;
    if (isSaved) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
    if (input.value !== value) enqueue(input);
    else if (isSaved) input.value = String(cell.value);
  }
  for (const [line, row] of Object.entries(answer.rows)) redraw(line, row);
  for (const cell of answer.cells) if (cell.state !== "saved") complain(cell);
  keep();
  const refused = answer.cells.find((cell) => cell.state !== "saved");
  if (queue.size) tell();
  else if (refused) tell("wrong", `${words.error}: ${refused.message}`);
  else tell("saved", answer.saved);
};

const redraw = (line, row) => {
  const here = document.getElementById(`line-${line}`);
  if (!here) return;
  const version = form.elements[`line-${line}-version`];
  if (version) version.value = row.version;
  const drawnRow = document.createElement("template");
  drawnRow.innerHTML = `<table><tbody>${row.html}</tbody></table>`;
  const fresh = drawnRow.content.querySelector("tr");
  here.className = fresh.className;
  const place = here.querySelector("td.beyond");
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  place.replaceChildren(...fresh.querySelector("td.beyond").childNodes);
  for (const cell of place.querySelectorAll("input, select")) if (queue.has(cell.name)) cell.value = queue.get(cell.name).value;
  if (focused) document.getElementById(focused)?.focus();
  mark(here, "saved");
};

/* A cell that was not stored says why in its row, and offers what can be done about it */
const complain = ({ line, field, state, message, choices, theirs }) => {
  const name = `line-${line}-${field}`;
  const input = form.elements[name];
  const row = document.getElementById(`line-${line}`);
  if (!input || !row) return say(message);
  row.classList.add("wrong");
  mark(row, "");
  const place = row.querySelector("td.beyond");
  const note = document.createElement("small");
  note.textContent = message;
  const answers = choices.map((choice) => button(choice, () => choose(input, choice)));
  if (state === "conflict") {
    answers.push(
      button(`${words.mine}: ${input.value || "–"}`, () => choose(input, input.value)),
      button(`${words.theirs}: ${theirs || "–"}`, () => choose(input, theirs ?? "")),
    );
  }
  const complaint = document.createElement("span");
  complaint.dataset.complaint = field;
  complaint.append(made("wrong", words.error), note, ...answers);
  place.prepend(complaint);
  say(message);
};

const choose = (input, value) => {
  input.value = value;
  input.removeAttribute("aria-invalid");
  const row = input.closest("tr");
  row.querySelector(`[data-complaint="${NAME.exec(input.name)[2]}"]`)?.remove();
  if (!row.querySelector("[data-complaint]")) row.classList.remove("wrong");
  enqueue(input);
  flush();
  input.focus();
};

/* ── When it does not go through ──────────────────────────────────────────────────────────────────────── */

const unreached = () => {
  failures += 1;
  const pause = Math.min(2 ** (failures - 1), LONGEST_PAUSE) * (0.75 + Math.random() / 2);
  retryTimer = setTimeout(flush, pause * 1000);
  for (const name of queue.keys()) mark(form.elements[name]?.closest("tr"), "offline");
  tell("offline", words.offline.replace("{count}", queue.size), " ", button(words.retry, () => flush()));
};

const ended = () => {
  failures += 1;
  const link = document.createElement("a");
  link.href = `${words.login}?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = words.signIn;
  tell("offline", words.ended, " ", link, " ", button(words.retry, () => flush()));
};

const locked = ({ message }) => {
  failures += 1;
  tell("wrong", message ?? words.error);
};

const restore = () => {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  } catch { /* not ours */ }
  if (!kept || Date.now() - kept.at > WEEK) return localStorage.removeItem(KEPT);
  for (const cell of kept.cells) {
    const name = `line-${cell.line}-${cell.field}`;
    const input = form.elements[name];
    if (input && storedOf(input) === cell.value) continue;
    if (input) input.value = cell.value;
    queue.set(name, cell);
  }
  if (queue.size) flush();
};

/* ── Keys: Enter goes down and back to the column where Tab began; typing replaces; F8 finds errors ────── */

let column = "";
let byTab = false;

const fieldOf = (cell) => NAME.exec(cell.name)[2];

const inRow = (row) => [...row.querySelectorAll(":is(input:not([type=hidden]), textarea, select)")];
const rows = () => [...form.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null && inRow(row).length);

/* Rows need not have the same cells: the way goes to the next row that has the column */
const go = (cell, step, field = column) => {
  const all = rows();
  for (let place = all.indexOf(cell.closest("tr")) + step; all[place]; place += step) {
    const target = inRow(all[place]).find((other) => fieldOf(other) === field);
    if (!target) continue;
    target.focus();
    return true;
  }
  return false;
};

const isEdge = (cell, up) => {
  if (cell.tagName !== "TEXTAREA") return cell.tagName !== "SELECT";
  const part = up ? cell.value.slice(0, cell.selectionStart) : cell.value.slice(cell.selectionEnd);
  return !part.includes("\n") && (cell.selectionStart === 0 || cell.selectionEnd === cell.value.length);
};

const nextError = (from, step) => {
  const wrong = cells().filter((cell) => cell.getAttribute("aria-invalid") === "true" && shownIn(cell));
  if (!wrong.length) return;
  const place = wrong.indexOf(from);
  wrong[(place + step + wrong.length) % wrong.length].focus();
};

const isFormMode = () => document.querySelector("[data-form-mode]")?.checked;

const onKey = (event) => {
  const cell = cellOf(event.target);
  if (event.key === "F8") {
    event.preventDefault();
    return nextError(event.target, event.shiftKey ? -1 : 1);
  }
  byTab = event.key === "Tab";
  if (!cell || isFormMode() || event.isComposing) return;
  if (event.key === "Enter" && event.altKey && cell.tagName === "TEXTAREA") {
    event.preventDefault();
    cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.querySelector("[name=add]")?.click();
  } else if (event.key === "Enter") {
    event.preventDefault();
    go(cell, event.shiftKey ? -1 : 1);
  } else if (event.key === "Escape") {
    cell.value = storedOf(cell);
    enqueue(cell);
  } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.altKey && !event.ctrlKey) {
    const up = event.key === "ArrowUp";
    if (isEdge(cell, up) && go(cell, up ? -1 : 1, fieldOf(cell))) event.preventDefault();
  } else if (event.key.toLowerCase() === "z" && event.ctrlKey && cell.value === storedOf(cell)) {
    document.querySelector("#undo [name=undo]")?.click();
  } else if (event.key.toLowerCase() === "d" && event.ctrlKey) {
    event.preventDefault();
    fillDown(cell);
  }
};

const fillDown = (cell) => {
  const all = rows();
  const above = all[all.indexOf(cell.closest("tr")) - 1];
  const source = above && inRow(above).find((other) => fieldOf(other) === fieldOf(cell));
  if (!source) return;
  cell.value = source.value;
  enqueue(cell);
  flush();
};

const onFocus = (event) => {
  const cell = cellOf(event.target);
  if (!cell) return;
  storedOf(cell);
  if (!byTab) column = fieldOf(cell);
  byTab = false;
  if (cell.matches(".number, input") && !isFormMode()) cell.select();
};

/* ── A block of cells goes to the preview page, which also works without scripts ───────────────────────── */

const onPaste = (event) => {
  const cell = cellOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const address = form.dataset.paste;
  const isBlock = /\t|\r?\n(?!$)/.test(text.trimEnd());
  if (!cell || !address || !isBlock) return;
  event.preventDefault();
  const [, line, field] = NAME.exec(cell.name);
  const posted = document.createElement("form");
  posted.method = "post";
  posted.action = address;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, text, line, field })) {
    const input = document.createElement("textarea");
    input.name = name;
    input.value = value;
    posted.append(input);
  }
  posted.hidden = true;
  document.body.append(posted);
  flush().finally(() => posted.submit());
};

/* ── Find in the table; heights where the browser does not count lines itself ──────────────────────────── */

const fold = (text) => text.toLocaleLowerCase("kk").normalize("NFC");

document.addEventListener("input", (event) => {
  const finder = event.target.closest("[data-finds]");
  if (!finder) return;
  const wanted = fold(finder.value.trim());
  for (const row of document.querySelectorAll(`${finder.dataset.finds} :is(tbody tr, label)`)) {
    const said = [row.textContent, ...[...row.querySelectorAll("input, textarea")].map((cell) => cell.value)].join(" ");
    row.hidden = wanted !== "" && !fold(said).includes(wanted);
  }
});

const grow = (cell) => {
  if (cell.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  cell.rows = 1;
  while (cell.scrollHeight > cell.clientHeight && cell.rows < 6) cell.rows += 1;
};

/* ── Together ─────────────────────────────────────────────────────────────────────────────────────────── */

if (form?.dataset.cells && status) {
  form.addEventListener("focusin", onFocus);
  form.addEventListener("pointerdown", () => { byTab = false; });
  form.addEventListener("keydown", onKey);
  form.addEventListener("paste", onPaste);
  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    grow(cell);
    enqueue(cell);
    clearTimeout(idle);
    idle = setTimeout(flush, IDLE);
  });
  form.addEventListener("change", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    enqueue(cell);
    flush();
  });
  /* The button's form sends only what changed: what others did to untouched cells is not undone */
  form.addEventListener("submit", (event) => {
    const by = event.submitter;
    if (by?.name === "choose" || by?.name === "leave") {
      event.preventDefault();
      const [name, value] = by.name === "choose" ? by.value.split(/=(.*)/s) : [by.value, by.dataset.theirs ?? ""];
      if (form.elements[name]) choose(form.elements[name], value);
      return;
    }
    for (const cell of cells()) cell.disabled = cell.value === storedOf(cell);
  });
  addEventListener("pageshow", () => cells().forEach((cell) => { cell.disabled = false; }));
  /* Whoever signs out leaves nothing of theirs on this computer */
  document.addEventListener("submit", (event) => {
    if (/\/logout\/$/.test(event.target.action)) localStorage.removeItem(KEPT);
  });
  addEventListener("online", () => flush());
  addEventListener("focus", () => { if (failures) flush(); });
  addEventListener("pagehide", () => { if (queue.size && !inFlight) send([...queue.entries()].slice(0, BATCH), true).catch(() => {}); });
  addEventListener("beforeunload", (event) => { if (queue.size && failures) event.preventDefault(); });
  restore();
  tell();
}
