/* Keys: Enter goes down and back to the column where Tab began; typing replaces; F8 finds errors. Letters are known by
   their place on the keyboard, since people type in Kazakh and in Russian. */

import { enqueue, flush, storedOf, wasEdited } from "./queue.js";
import { cellOf, cells, fieldOf, form, inRow, rows } from "./sheet.js";

let column = "";
let byTab = false;

const isFormMode = () => document.querySelector("[data-form-mode]")?.checked;
const isShown = (cell) => cell.closest("tr").offsetParent !== null;

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
  const wrong = cells().filter((cell) => cell.getAttribute("aria-invalid") === "true" && isShown(cell));
  if (!wrong.length) return;
  const place = wrong.indexOf(from);
  wrong[(place + step + wrong.length) % wrong.length].focus();
};

const breakLine = (cell) => {
  cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
  cell.dispatchEvent(new Event("input", { bubbles: true }));
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

const revert = (cell) => {
  cell.value = storedOf(cell);
  enqueue(cell);
};

const onEnter = (event, cell) => {
  event.preventDefault();
  if (event.altKey && cell.tagName === "TEXTAREA") breakLine(cell);
  else if (event.ctrlKey || event.metaKey) form.querySelector("[name=add]")?.click();
  else go(cell, event.shiftKey ? -1 : 1);
};

const onKey = (event) => {
  const cell = cellOf(event.target);
  if (event.key === "F8") {
    event.preventDefault();
    return nextError(event.target, event.shiftKey ? -1 : 1);
  }
  byTab = event.key === "Tab";
  if (!cell || isFormMode() || event.isComposing) return;
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key === "Enter") onEnter(event, cell);
  else if (event.key === "Escape") revert(cell);
  else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !event.altKey && !withControl) {
    const up = event.key === "ArrowUp";
    if (isEdge(cell, up) && go(cell, up ? -1 : 1, fieldOf(cell))) event.preventDefault();
  } else if (event.code === "KeyZ" && withControl && !wasEdited()) {
    /* Once a cell was typed into, the key is the browser's own again: it never takes a paste back by surprise */
    document.querySelector("#undo [name=undo]")?.click();
  } else if (event.code === "KeyD" && withControl) {
    event.preventDefault();
    fillDown(cell);
  }
};

const onFocus = (event) => {
  const cell = cellOf(event.target);
  if (!cell) return;
  storedOf(cell);
  if (!byTab) column = fieldOf(cell);
  byTab = false;
  if (cell.matches(".number, input") && !isFormMode()) cell.select();
};

export const listenToKeys = () => {
  form.addEventListener("focusin", onFocus);
  form.addEventListener("pointerdown", () => { byTab = false; });
  form.addEventListener("keydown", onKey);
};
