// Boxes by which many comments are chosen: how many are ticked is said on the button, and all of the
// page are ticked without fetching it again. Without this the link and the buttons do the same.
(() => {
  const form = document.getElementById("ticks");
  if (!form) return;
  const boxes = [...form.elements].filter((each) => each.name === "ticked");
  const shown = document.querySelectorAll("[data-ticked]");

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    for (const place of shown) place.textContent = ticked ? ` (${ticked})` : "";
  }

  form.querySelector("[data-tick-all]").addEventListener("click", (event) => {
    event.preventDefault();
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    count();
  });
  document.addEventListener("change", count);
  // Back may bring the page with its ticks.
  addEventListener("pageshow", count);
  count();
})();
