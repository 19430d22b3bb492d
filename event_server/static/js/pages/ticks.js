/** Fixed words of which one may tick so many: once they are ticked, the others wait. */
for (const set of document.querySelectorAll("[data-most]")) {
  const boxes = [...set.querySelectorAll("input[type=checkbox]")];
  const look = () => {
    const isFull = boxes.filter(({ checked }) => checked).length >= Number(set.dataset.most);
    for (const box of boxes) box.disabled = isFull && !box.checked;
  };
  set.addEventListener("change", look);
  look();
}
