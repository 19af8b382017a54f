// A passkey: the browser is asked when the button is pressed, and what it answers is sent with the form.
(() => {
  const place = document.querySelector("[data-passkey]");
  if (!place) return;
  const form = place.querySelector("form");
  const answer = form.querySelector("[name=credential]");
  const failed = place.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const ask = window.webauthnJSON[place.dataset.passkey];
      answer.value = JSON.stringify(await ask(JSON.parse(place.dataset.options)));
      // Sent without another event: this is not asked twice.
      form.submit();
    } catch {
      // Put away, too late, or a device that can't: nothing was sent.
      failed.hidden = false;
    }
  });
})();
