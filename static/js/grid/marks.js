/* What becomes of cells, in words: one line for the page, one mark in each row. */

import { form, status, words } from "./sheet.js";

const SHAPES = { edited: ["", "pen"], saving: ["doing", "saving"], saved: ["done", "done"], offline: ["late", "offline"] };
const SVG = "http://www.w3.org/2000/svg";
const SHOWN_FOR = 2000;

const drawn = (shape) => {
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${form.dataset.icons}#${shape}`);
  icon.append(use);
  return icon;
};

export const made = (kind, text) => {
  const element = document.createElement("span");
  const [tone, shape] = SHAPES[kind] ?? ["wrong", "wrong"];
  element.className = `mark ${tone}`;
  element.append(drawn(shape), text);
  return element;
};

export const mark = (row, kind) => {
  const place = row?.querySelector("td.beyond");
  if (!place) return;
  place.querySelector("[data-state]")?.remove();
  if (!kind) return;
  const element = made(kind, kind === "offline" ? words.edited : words[kind]);
  element.dataset.state = kind;
  place.prepend(element);
  if (kind === "saved") setTimeout(() => element.remove(), SHOWN_FOR);
};

/* An empty kind falls silent; what is added to the words are links and buttons */
export const tell = (kind, text = "", ...more) => {
  status.replaceChildren(...(kind ? made(kind, text || words[kind]).childNodes : []), ...more);
  status.className = `mark push ${(SHAPES[kind] ?? [""])[0]}`;
};

export const button = (label, act) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "plain-link";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
};
