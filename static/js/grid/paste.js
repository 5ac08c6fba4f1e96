/* A block of cells goes to the preview page, which also works without scripts. */

import { csrfToken, flush } from "./queue.js";
import { cellOf, form, placeOf } from "./sheet.js";

const post = (address, values) => {
  const posted = document.createElement("form");
  posted.method = "post";
  posted.action = address;
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("textarea");
    input.name = name;
    input.value = value;
    posted.append(input);
  }
  posted.hidden = true;
  document.body.append(posted);
  posted.submit();
};

/* What is being saved is saved first: the preview shows the rows as they are then */
export const onPaste = (event) => {
  const cell = cellOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const address = form.dataset.paste;
  const isBlock = /\t|\r?\n(?!$)/.test(text.trimEnd());
  if (!cell || !address || !isBlock) return;
  event.preventDefault();
  flush().finally(() => post(address, { csrfmiddlewaretoken: csrfToken(), text, ...placeOf(cell) }));
};
