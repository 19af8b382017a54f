// How much room is left in a box, once three quarters of it are used. Nothing is cut off: the server
// counts what it would keep, and so does this, near enough.
(() => {
  const unseen = /(?![\n\t])[\p{Cc}\u00ad\u200b\u2060\ufeff]/gu;
  const pause = 1000; // after the last key, before a screen reader is told

  // Letters as people count them, not as the browser stores them.
  const length = (text) => [...text.normalize("NFC").replace(unseen, "").trim()].length;

  function counterOf(box) {
    if (box.counter) return box.counter;
    const shown = document.createElement("p");
    shown.className = "counter";
    shown.id = `${box.id}-left`;
    const told = document.createElement("p");
    told.className = "visually-hidden";
    told.role = "status";
    box.after(shown, told);
    const described = box.getAttribute("aria-describedby");
    box.setAttribute("aria-describedby", [described, shown.id].filter(Boolean).join(" "));
    box.counter = { shown, told };
    return box.counter;
  }

  function count(box) {
    const words = box.closest("[data-left]")?.dataset;
    if (!words) return;
    const limit = Number(box.dataset.limit);
    const left = limit - length(box.value);
    const near = left < limit / 4;
    if (!near && !box.counter) return;
    const { shown, told } = counterOf(box);
    const sentence = left < 0 ? words.over : words.left;
    shown.textContent = near ? sentence.replace("{number}", Math.abs(left)) : "";
    shown.classList.toggle("counter--over", left < 0);
    clearTimeout(box.counter.timer);
    box.counter.timer = setTimeout(() => {
      told.textContent = shown.textContent;
    }, pause);
  }

  for (const box of document.querySelectorAll("[data-limit]")) count(box);
  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.limit) count(target);
  });
})();
