/* Find in a table or in a list of choices: data-finds names the place whose rows are narrowed down. */

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
