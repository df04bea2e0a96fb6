"use strict";
for (const header of document.querySelectorAll("th[data-sort]")) {
  header.tabIndex = 0;
  header.addEventListener("click", () => sort(header));
  header.addEventListener("keydown", (event) => { if (event.key === "Enter") sort(header); });
}
function sort(header) {
  const column = header.cellIndex, body = header.closest("table").tBodies[0];
  const down = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
  const value = (row) => header.dataset.sort === "number"
    ? parseFloat(row.cells[column].dataset.value) : row.cells[column].textContent;
  const compare = (a, b) => typeof a === "number" ? (a || 0) - (b || 0) : a.localeCompare(b, undefined, {numeric: true});
  body.append(...[...body.rows].sort((a, b) => down * compare(value(a), value(b))));
}
document.getElementById("find").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const row of document.querySelectorAll("#points tbody tr"))
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
});
