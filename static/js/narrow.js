// A list that is narrowed: what nobody chose is left out of the address, which people send on; and
// choices that come with their numbers don't take away what somebody has begun to choose.
(() => {
  const form = document.getElementById("narrow");
  if (!form) return;
  let begun = false;

  form.addEventListener("input", () => {
    begun = true;
  });
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });

  // The numbers are fetched where the choices are seen: beside the list, or once they are opened.
  const place = document.getElementById("choices-place");
  if (!place) return;
  function choose() {
    if (place.offsetParent !== null) place.dispatchEvent(new Event("choose"));
  }
  addEventListener("load", choose);
  addEventListener("hashchange", choose);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== place) return;
    if (begun || place.contains(document.activeElement)) event.detail.shouldSwap = false;
  });
})();
