// Typing one thing after another: the button stays in view, covers nothing that is typed in, and has a key.
(() => {
  const form = document.querySelector(".form--typing");
  if (!form) return;
  // Ctrl and Enter, or Cmd and Enter, keep what was typed, from any box of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const bar = form.querySelector(".form__buttons--first");
  const room = 8;
  const uncover = ({ target }) => {
    if (!bar || bar.contains(target)) return;
    const item = target.closest(".govuk-radios__item, .govuk-checkboxes__item") ?? target;
    const box = item.getBoundingClientRect();
    const lid = bar.getBoundingClientRect();
    if (box.bottom <= lid.top || box.top >= lid.bottom) return;
    const isBelow = lid.top > innerHeight / 2;
    scrollBy({ top: isBelow ? box.bottom - lid.top + room : box.top - lid.bottom - room, behavior: "instant" });
  };
  document.addEventListener("focusin", uncover);
  // The keyboard of a phone comes up after the box was focused.
  visualViewport?.addEventListener("resize", () => uncover({ target: document.activeElement }));
  if (document.activeElement) uncover({ target: document.activeElement });
})();
