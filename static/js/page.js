/* What every page does beyond its markup: menus close, dialogs open, errors take focus, "?" lists the keys.
   Everything here is a comfort: each page works without it. */

const root = document.documentElement;
root.classList.add("scripted");

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

/* Menus are <details>: a click elsewhere and Esc close them, Esc returns to their words */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* Dialogs open by the id that a button names, and close by a click on their backdrop */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.matches("dialog[open]")) event.target.close();
});

/* Keys: one letter alone may be turned off by the person, and then stays off on this computer */
const singleKeys = document.querySelector("[data-single-keys]");
const KEPT = "single-keys-off";

/* A browser may refuse its storage altogether; then the keys work, and nothing is remembered */
const inStorage = (act) => {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
};
const singleKeysWork = () => inStorage((storage) => storage.getItem(KEPT)) === null;

if (singleKeys) {
  singleKeys.checked = singleKeysWork();
  singleKeys.addEventListener("change", () => {
    inStorage((storage) => (singleKeys.checked ? storage.removeItem(KEPT) : storage.setItem(KEPT, "1")));
  });
}

/* Whoever signs out leaves nothing of what was typed on this computer */
document.addEventListener("submit", (event) => {
  if (!/\/logout\/$/.test(event.target.action)) return;
  inStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith("grid:")) storage.removeItem(key);
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || !singleKeysWork()) return;
  document.getElementById("shortcuts")?.showModal();
});

/* A date is typed as words of the page; the picker of the browser stands beside it */
const asDigits = (iso) => iso.split("-").reverse().join(".");
const asIso = (digits) => {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(digits.trim());
  return match ? `${match[3]}-${match[2].padStart(2, "0")}-${match[1].padStart(2, "0")}` : "";
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picks]");
  if (!button) return;
  const field = document.getElementById(button.dataset.picks);
  const picker = button.nextElementSibling;
  picker.value = asIso(field.value);
  picker.onchange = () => {
    field.value = asDigits(picker.value);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  };
  picker.showPicker();
});

/* What is lacking is said by the portal, in the page's language, at the top and beside the field */
for (const form of document.forms) form.noValidate = true;

/* A second press while the first is on its way is the same press; who comes back by history may press again */
const SAME_PRESS = 10_000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (Date.now() - Number(form.dataset.pressed ?? 0) < SAME_PRESS) event.preventDefault();
  else form.dataset.pressed = Date.now();
});
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.pressed; });

/* A chosen file is named beside the button, in place of the browser's own words */
document.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  const words = event.target.closest(".file-field")?.querySelector(".words");
  if (words) words.textContent = [...event.target.files].map((file) => file.name).join(", ") || words.dataset.none;
});

/* The live region speaks what a script did; pages and grid.js use it */
export const say = (words) => {
  const live = document.getElementById("live");
  if (live) live.textContent = words;
};

/* Whatever came with errors is read first; else the focus goes back to what was pressed, or to its section */
const focusErrors = (part) => {
  const errors = part.querySelector("[data-takes-focus]");
  errors?.focus();
  return errors !== null;
};
focusErrors(document);

let pressed = {};
const isSeen = (element) => element && element.offsetParent !== null;
const remember = (element) => {
  pressed = { id: element.id, part: element.closest("section[id]")?.id, words: element.textContent.trim() };
};
const goBack = () => {
  const part = document.getElementById(pressed.part) ?? document;
  const again = [...part.querySelectorAll("button:not(.hidden)")].find((one) => one.textContent.trim() === pressed.words);
  const same = pressed.id ? document.getElementById(pressed.id) : null;
  const target = [same, again, part.querySelector("h2")].find(isSeen);
  if (target?.matches("h2")) target.tabIndex = -1;
  target?.focus({ preventScroll: true });
};
document.addEventListener("htmx:beforeRequest", () => remember(document.activeElement));
document.addEventListener("htmx:afterSwap", () => { if (!focusErrors(document)) goBack(); });

/* A long form that is left with something typed and not saved asks first */
let isUnsaved = false;
document.addEventListener("input", ({ target }) => { if (target.closest("[data-guarded]")) isUnsaved = true; });
for (const stored of ["submit", "htmx:beforeRequest"]) document.addEventListener(stored, () => { isUnsaved = false; });
addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });

/* A form whose answer is on its way takes no second press, which would be lost with the part that the answer
   replaces; what is typed meanwhile is carried over into it */
const typed = new Map();
let isAwaited = false;
const press = (form, may) => { for (const button of form.querySelectorAll("button")) button.disabled = !may; };
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  typed.clear();
  isAwaited = true;
  press(target, false);
});
/* Who has gone on to a field meanwhile stays there */
document.addEventListener("focusin", ({ target }) => { if (isAwaited && isTyping(target)) pressed.id = target.id; });
document.addEventListener("htmx:afterRequest", ({ detail }) => press(detail.elt, true));
document.addEventListener("input", ({ target }) => {
  if (!isAwaited || !target.id) return;
  typed.set(target.id, { value: target.value, checked: target.checked, caret: target.selectionEnd ?? -1 });
});
document.addEventListener("htmx:afterSwap", () => {
  isAwaited = false;
  for (const [id, was] of typed) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = was.checked;
    else if (field.type !== "file") field.value = was.value;
    if (field === document.activeElement && was.caret >= 0) field.setSelectionRange(was.caret, was.caret);
    isUnsaved = true;
  }
});
for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fault, (event) => {
    const words = document.body.dataset.failed;
    if (words) say(`${words} (${event.detail.xhr.status})`);
  });
}
