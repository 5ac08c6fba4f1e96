/* A sheet edited in place: what is typed is saved by itself, cell by cell. Everything works without this file: the form
   then has one button, Save. */

import "./finder.js";
import { choose, settle } from "./grid/answers.js";
import { listenToKeys } from "./grid/keys.js";
import { onPaste } from "./grid/paste.js";
import { enqueue, flush, flushOnLeaving, hasFailed, isSettled, isStuck, isUntouched, onAnswer, restore } from "./grid/queue.js";
import { cellOf, cells, form, status } from "./grid/sheet.js";

const IDLE = 1500;
const MOST_ROWS = 6;
let idle = 0;

/* Heights where the browser does not count lines itself */
const grow = (cell) => {
  if (cell.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  cell.rows = 1;
  while (cell.scrollHeight > cell.clientHeight && cell.rows < MOST_ROWS) cell.rows += 1;
};

const onInput = (event) => {
  const cell = cellOf(event.target);
  if (!cell) return;
  grow(cell);
  enqueue(cell);
  clearTimeout(idle);
  idle = setTimeout(flush, IDLE);
};

const onChange = (event) => {
  const cell = cellOf(event.target);
  if (!cell) return;
  clearTimeout(idle);
  if (isSettled(cell)) return;  /* stored in a pause of typing: what the bar says stays true */
  enqueue(cell);
  flush();
};

/* The button's form sends only what changed: what others did to untouched cells is not undone */
const onSubmit = (event) => {
  const by = event.submitter;
  if (by?.name === "choose" || by?.name === "leave") {
    event.preventDefault();
    const [name, value] = by.name === "choose" ? by.value.split(/=(.*)/s) : [by.value, by.dataset.theirs ?? ""];
    if (form.elements[name]) choose(form.elements[name], value);
    return;
  }
  for (const cell of cells()) cell.disabled = isUntouched(cell);
};

if (form?.dataset.cells && status) {
  onAnswer(settle);
  listenToKeys();
  form.addEventListener("paste", onPaste);
  form.addEventListener("input", onInput);
  form.addEventListener("change", onChange);
  form.addEventListener("submit", onSubmit);
  addEventListener("pageshow", () => cells().forEach((cell) => { cell.disabled = false; }));
  addEventListener("online", () => flush());
  addEventListener("focus", () => { if (hasFailed()) flush(); });
  addEventListener("pagehide", flushOnLeaving);
  addEventListener("beforeunload", (event) => { if (isStuck()) event.preventDefault(); });
  restore();
}
