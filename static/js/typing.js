// Ctrl and Enter, or Cmd and Enter, keep what was typed, from any box of the form.
document.querySelector(".form--typing")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
});
