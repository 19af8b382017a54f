// Notes typed ahead at a table: each is sent behind the typing, one after another, and its words
// stay in the page until they are kept. The form is never replaced, so nothing typed in it is lost.
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const form = desk.querySelector(".desk__form form");
  const box = form.elements.text;
  const otherBox = form.elements.other_side; // of a disagreement
  const waiting = document.getElementById("waiting"); // notes not kept yet
  const blank = document.getElementById("waiting-note");
  const behind = document.getElementById("not-kept"); // says above the box that some are not kept
  const swapped = ["table-tabs", "done", "kept"]; // what an answer brings again
  let line = Promise.resolve(); // changes go one after another

  // The browser's own randomUUID works on secure addresses only, and a hall's may not be one.
  function newStep() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  async function ask(url, options) {
    const answer = await fetch(url, options);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function swap(page) {
    for (const id of swapped) {
      document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
    }
  }

  // Above the box stands what is so now: while one is not kept, no word of the one before it.
  function count() {
    const number = waiting.querySelectorAll("[data-failed]").length;
    behind.hidden = !number;
    behind.querySelector("[data-number]").textContent = number;
    if (number) document.getElementById("done").replaceChildren();
  }

  // What is wrong, in the page's own words; nothing when the change was made.
  function fault(page) {
    const told = page.querySelector(".govuk-error-summary__list");
    if (told) return told.textContent.trim();
    return page.getElementById("kept") ? "" : desk.dataset.failed;
  }

  function send(item, data) {
    item.toggleAttribute("data-failed", false);
    item.toggleAttribute("data-unanswered", false);
    count();
    item.querySelector("[data-told]").textContent = desk.dataset.saving;
    line = line.then(async () => {
      let wrong = desk.dataset.failed;
      try {
        const page = await ask(form.action, { method: "POST", body: data });
        wrong = fault(page);
        if (!wrong) swap(page);
      } catch {
        // No answer: whether it was kept is not known. Its step sees to it that it is kept once.
        item.toggleAttribute("data-unanswered", true);
      }
      if (wrong) {
        item.toggleAttribute("data-failed", true);
        item.querySelector("[data-told]").textContent = wrong;
      } else {
        item.remove();
      }
      count();
    });
  }

  // Somebody who had to sign in again has a new token, so a page is asked for it first.
  async function again(item, data) {
    const page = await ask(form.action).catch(() => null);
    const token = page?.querySelector("#desk input[name=csrfmiddlewaretoken]")?.value;
    if (token) data.set("csrfmiddlewaretoken", token);
    send(item, data);
  }

  form.addEventListener("submit", (event) => {
    if (!box.value.trim()) return; // the server asks for it
    event.preventDefault();
    const data = new FormData(form);
    if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
    const item = blank.content.firstElementChild.cloneNode(true);
    item.querySelector("[data-words]").textContent = `${box.value}\n${otherBox.value}`.trim();
    item.querySelector("[data-again]").addEventListener("click", () => again(item, data));
    item.querySelector("[data-back]").addEventListener("click", () => {
      for (const each of [box, otherBox]) {
        each.value = [data.get(each.name), each.value].filter((words) => words.trim()).join("\n");
      }
      // Under its own number: the same words are kept once, and other words beside them.
      form.elements.step.value = data.get("step");
      item.remove();
      count();
      box.focus();
    });
    waiting.append(item);
    send(item, data);
    // What it is and its language stay for the next one. Who may read it is asked again for each.
    box.value = otherBox.value = "";
    form.elements.may_be_read_by_all.checked = false;
    form.elements.step.value = newStep();
    box.focus();
  });

  // Taking off and putting back leave what is being typed alone, too.
  document.addEventListener("submit", (event) => {
    const other = event.target;
    if (!other.closest("#done, #kept")) return;
    event.preventDefault();
    const data = new FormData(other);
    const told = document.getElementById("told");
    line = line.then(async () => {
      told.textContent = "";
      try {
        const page = await ask(other.action, { method: "POST", body: data });
        told.textContent = page.querySelector(".messages .notice--error")?.textContent.trim() ?? "";
        swap(page);
      } catch {
        told.textContent = desk.dataset.undone;
      }
    });
  });

  // Back online: what got no answer is sent again, without a tap.
  addEventListener("online", () => {
    for (const item of waiting.querySelectorAll("[data-unanswered]")) {
      item.querySelector("[data-again]").click();
    }
  });

  addEventListener("beforeunload", (event) => {
    if (waiting.children.length || box.value.trim() || otherBox.value.trim()) event.preventDefault();
  });
})();
