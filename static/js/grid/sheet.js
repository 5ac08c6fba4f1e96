/* The sheet on the page: the form `#grid`, its rows and cells, and the words of `#grid-status`, which are the page's
   language. Inputs are named `line-<pk>-<field>`; data-cells, data-user and data-paper say where they are saved. */

export const form = document.getElementById("grid");
export const status = document.getElementById("grid-status");
export const words = status?.dataset;

const NAME = /^line-(\d+)-([a-z_]+)$/;
const CELLS = ":is(input:not([type=hidden]), textarea, select)";

export const cellOf = (target) =>
  target.name && NAME.test(target.name) && !target.name.endsWith("-version") ? target : null;
export const placeOf = (cell) => {
  const [, line, field] = NAME.exec(cell.name);
  return { line: Number(line), field };
};
export const fieldOf = (cell) => placeOf(cell).field;
export const nameOf = ({ line, field }) => `line-${line}-${field}`;
export const inputOf = (place) => form.elements[nameOf(place)];

export const inRow = (row) => [...row.querySelectorAll(CELLS)];
export const cells = () => [...form.querySelectorAll(`tbody ${CELLS}`)];
export const rows = () =>
  [...form.querySelectorAll("tbody tr")].filter((row) => row.offsetParent !== null && inRow(row).length);
