// Coding by single keys: they tick codes, save, skip and undo; they can be switched off.
(() => {
  const form = document.getElementById("coding");
  if (!form) return;
  const toggle = document.getElementById("keys");
  const filter = document.getElementById("filter");
  const boxOf = (key) => form.querySelector(`input[data-key="${CSS.escape(key)}"]`);
  let on = localStorage.getItem("single-keys") !== "off";

  function draw() {
    toggle.setAttribute("aria-pressed", String(on));
    document.documentElement.classList.toggle("has-keys", on);
  }

  for (const hidden of document.querySelectorAll(".coding__filter, .keys-help, #keys")) {
    hidden.hidden = false;
  }
  draw();
  toggle.addEventListener("click", () => {
    on = !on;
    localStorage.setItem("single-keys", on ? "on" : "off");
    draw();
  });

  // A key does what the button or box that shows it does.
  function press(key) {
    const box = boxOf(key);
    if (box) {
      box.closest(".code").hidden = false;
      box.focus({ preventScroll: true });
      box.click();
      // The comment stays where it is: it is pinned, and the page moves no further than it must.
      box.closest(".code").scrollIntoView({ block: "nearest" });
    } else if (key === "s") document.getElementById("skip")?.click();
    else if (key === "u") document.getElementById("undo-button")?.click();
    else if (key === "w") document.getElementById("worry")?.click();
    else if (key === "/") filter.focus();
    else return false;
    return true;
  }

  // Keys typed faster than the next comment comes wait for it, and are then typed on it.
  const typed = [];
  let typing = false;
  const isWaiting = () => Boolean(form.querySelector("article[aria-busy]"));

  function typeOn() {
    if (typing) return; // saving the one shows the next at once
    typing = true;
    while (typed.length && !isWaiting()) {
      const key = typed.shift();
      if (key === "Enter") form.requestSubmit();
      else press(key);
    }
    typing = false;
  }

  form.addEventListener("coding:shown", typeOn);
  form.addEventListener("coding:interrupted", () => typed.splice(0));

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (at.matches("select, textarea, input:not([type=checkbox])")) return;
    if ("stopped" in form.dataset) {
      // What was typed on was meant for other comments.
      const isOurs = event.key === "Enter" ? !at.closest("a, button, summary") : event.key.length === 1;
      if (event.key === "Escape") form.dispatchEvent(new Event("coding:go-on"));
      if (isOurs || event.key === "Escape") event.preventDefault();
      return;
    }
    const waits = isWaiting() && !at.closest("a, button, summary");
    if (waits && (event.key === "Enter" || (on && event.key.length === 1 && event.key !== " "))) {
      event.preventDefault();
      typed.push(event.key === "Enter" ? "Enter" : event.key.toLowerCase());
    } else if (event.key === "Enter") {
      if (at.closest("a, button, summary, input")) return; // these know what Enter means
      event.preventDefault();
      form.requestSubmit();
    } else if (on && event.key.length === 1 && press(event.key.toLowerCase())) {
      event.preventDefault();
    }
  });

  function find() {
    const wanted = filter.value.trim().toLowerCase();
    for (const code of form.querySelectorAll(".code")) {
      code.hidden = Boolean(wanted) && !code.dataset.name.includes(wanted);
    }
    for (const group of form.querySelectorAll(".codes")) {
      group.hidden = !group.querySelector(".code:not([hidden])");
    }
    const number = form.querySelectorAll(".code:not([hidden])").length;
    tell(wanted ? (number ? `${form.dataset.found} ${number}` : form.dataset.foundNone) : "");
  }

  // The list is narrowed at each letter; how many are left is said once, after the last.
  let telling;
  function tell(words) {
    clearTimeout(telling);
    const found = document.getElementById("found");
    telling = setTimeout(() => {
      if (found.textContent !== words) found.textContent = words;
    }, 600);
  }

  function leave() {
    filter.value = "";
    find();
    form.querySelector("article").focus();
  }

  filter.addEventListener("input", find);
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = filter.value.trim() && form.querySelector(".code:not([hidden]) input");
    if (first) first.click();
    leave();
  });
})();
