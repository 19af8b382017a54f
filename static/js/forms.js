// After a refused form, the keyboard and the reader start at what is wrong.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector?.("[data-focus]")?.focus();
});

// Gone back to, a page is fetched again, and the browser fills in what was typed before. So the form
// says again what it was drawn from and which sending it is: else what somebody did meanwhile would be
// written over, and what was sent once would be kept twice.
(() => {
  const names = ["seen", "sending", "client_id"].map((name) => `form input[name=${name}]`);
  const inputs = [...document.querySelectorAll(names)];
  if (!inputs.length) return;
  const [arrival] = performance.getEntriesByType("navigation");
  const kept = history.state?.drawn;
  if (arrival?.type !== "navigate" && kept?.length === inputs.length) {
    inputs.forEach((input, place) => {
      input.value = kept[place];
    });
  }
  const drawn = inputs.map((input) => input.value);
  history.replaceState({ ...history.state, drawn }, "");
})();
