// A list that is narrowed: what nobody chose is left out of the address, which people send on.
(() => {
  const form = document.getElementById("narrow");
  if (!form) return;
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
})();
