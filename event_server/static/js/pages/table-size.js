/** Asks only what concerns the table size that is chosen: some of it is for pairs, some for larger tables. */
const seats = document.querySelector("input[name=seats]");

function ask() {
  const size = Number(seats.value) === 2 ? "pairs" : "larger";
  for (const part of document.querySelectorAll("[data-tables]")) part.hidden = part.dataset.tables !== size;
}

seats.addEventListener("input", ask);
ask();
