/* What the portal answered: saved cells as they are spelled, rows as they are drawn now, refusals with their way out. */

import { say } from "../page.js";
import { button, made, mark, tell } from "./marks.js";
import { enqueue, flush, forget, isWaiting, noteStored, valueThatWaits } from "./queue.js";
import { fieldOf, form, inputOf, nameOf, words } from "./sheet.js";

export const settle = (sent, answer) => {
  for (const cell of answer.cells) take(cell, sent.get(nameOf(cell))?.value);
  for (const [line, row] of Object.entries(answer.rows)) redraw(line, row);
  const refused = answer.cells.filter((cell) => cell.state !== "saved");
  refused.forEach(complain);
  if (isWaiting()) tell("edited");
  else if (refused.length) tell("wrong", `${words.error}: ${reasonElsewhere(refused) ?? refused.length}`);
  else tell("saved", answer.saved);
};

/* A row on the page says itself why its cell was not stored: the bar, which is narrow, counts */
const reasonElsewhere = (refused) => refused.find((cell) => !inputOf(cell))?.message;

const take = (cell, value) => {
  const input = inputOf(cell);
  const isSaved = cell.state === "saved";
  if (isSaved) noteStored(cell, String(cell.value));
  if (cell.state === "conflict") noteStored(cell, cell.theirs ?? "");
  if (!input) return;
  if (isSaved) calm(input);
  else input.setAttribute("aria-invalid", "true");
  if (input.value !== value) enqueue(input);
  else if (isSaved && input !== document.activeElement) input.value = String(cell.value);
};

const calm = (input) => {
  input.removeAttribute("aria-invalid");
  complaintAbout(input)?.remove();
};

const complaintAbout = (input) => input.closest("tr").querySelector(`[data-complaint="${fieldOf(input)}"]`);

/* The cell beyond the form is drawn anew; complaints about other cells of the row, and what is typed there, stay */
const redraw = (line, row) => {
  const here = document.getElementById(`line-${line}`);
  if (!here) return;
  const version = form.elements[`line-${line}-version`];
  if (version) version.value = row.version;
  const template = document.createElement("template");
  template.innerHTML = `<table><tbody>${row.html}</tbody></table>`;
  const fresh = template.content.querySelector("tr");
  const place = here.querySelector("td.beyond");
  const complaints = [...place.querySelectorAll("[data-complaint]")];
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  here.className = fresh.className;
  place.replaceChildren(...fresh.querySelector("td.beyond").childNodes);
  place.prepend(...complaints);
  here.classList.toggle("wrong", complaints.length > 0 || fresh.classList.contains("wrong"));
  for (const cell of place.querySelectorAll("input, select")) {
    forget(cell);
    cell.value = valueThatWaits(cell.name) ?? cell.value;
  }
  if (focused) document.getElementById(focused)?.focus();
  mark(here, "saved");
};

/* A cell that was not stored says why in its row, and offers what can be done about it */
const complain = ({ line, field, state, message, choices, theirs }) => {
  const input = inputOf({ line, field });
  const row = document.getElementById(`line-${line}`);
  if (!input || !row) return say(message);
  complaintAbout(input)?.remove();
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
  if (place.id) input.setAttribute("aria-describedby", place.id);
  say(message);
};

export const choose = (input, value) => {
  input.value = value;
  calm(input);
  const row = input.closest("tr");
  if (!row.querySelector("[data-complaint]")) row.classList.remove("wrong");
  enqueue(input);
  flush();
  input.focus();
};
