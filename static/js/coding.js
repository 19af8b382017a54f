// Coding without waiting: the next comment is in the page already, and saving happens behind it.
(() => {
  const form = document.getElementById("coding");
  if (!form || "plain" in form.dataset) return;
  const words = form.dataset;
  const shown = document.getElementById("shown");
  const undoForm = document.getElementById("undo");
  const undoButton = document.getElementById("undo-button");
  const skipLink = document.getElementById("skip");
  const newCode = document.getElementById("new-code");
  const counter = document.querySelector("#coded .progress__words b");

  const done = []; // what can be undone, the last one last
  const onTheWay = new Set(); // comments being saved
  const keptTicks = new WeakMap(); // codes ticked on a comment that is not shown just now
  let next = document.getElementById("following")?.content.querySelector("article") ?? null;
  let waiting = false; // the next comment is not here yet
  let brought = false; // the comment shown was brought back by hand
  let line = Promise.resolve(); // saves go one after another

  const article = () => shown.querySelector("article");
  const number = (one) => one.dataset.comment;
  const boxes = () => [...form.querySelectorAll("input[name=codes]")];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);

  function say(where, text) {
    const line = document.createElement("p");
    line.textContent = text;
    document.getElementById(where).replaceChildren(...(text ? [line] : []));
  }

  function drawn(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.querySelector("article");
  }

  function show(one, codes = keptTicks.get(one) ?? []) {
    waiting = brought = false;
    one.removeAttribute("aria-busy");
    shown.replaceChildren(one);
    form.elements.comment.value = number(one);
    for (const box of boxes()) box.checked = codes.includes(box.value);
    for (const link of document.querySelectorAll("a[data-about-comment], #skip, #new-code")) {
      const address = new URL(link.href);
      address.searchParams.set(link === skipLink ? "after" : "comment", number(one));
      link.href = address;
    }
    one.focus({ preventScroll: true });
    if (one.getBoundingClientRect().top < 0) form.scrollIntoView();
  }

  function putAside() {
    const one = article();
    keptTicks.set(one, ticked());
    return one;
  }

  function goOn() {
    if (next) {
      const one = next;
      next = null;
      show(one);
    } else {
      waiting = true;
      article().setAttribute("aria-busy", "true");
    }
  }

  // What the server says comes next, from the comment last dealt with.
  function take(comments) {
    const fresh = comments.map(drawn).filter((one) => !onTheWay.has(number(one)));
    const isShown = (one) => number(one) === number(article());
    if (waiting) {
      if (fresh.length) show(fresh.shift());
      else if (!onTheWay.size) location.assign(form.action);
    } else if (fresh.length && !fresh.some(isShown) && !brought && !ticked().length) {
      show(fresh.shift()); // somebody else has coded the one shown, and nothing is begun on it
    }
    next = fresh.find((one) => !isShown(one)) ?? null;
  }

  function count(newly) {
    if (!newly || !counter) return;
    words.coded = Number(words.coded) + newly;
    const share = Math.round((100 * words.coded) / Math.max(Number(words.total), 1));
    counter.textContent = counter.textContent.replace(/[\d,]+/, Number(words.coded).toLocaleString("en-GB"));
    document.getElementById("coded-done").setAttribute("width", share);
    document.querySelector("#coded [role=progressbar]").setAttribute("aria-valuenow", share);
  }

  async function ask(address, data) {
    let response;
    try {
      const headers = { Accept: "application/json" };
      response = await fetch(address, data ? { method: "POST", body: data, headers } : { headers });
    } catch {
      throw new Error(words.lost);
    }
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
      throw new Error(response.redirected || response.status === 403 ? words.out : words.lost);
    }
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.refused), { comments: answer.comments });
    return answer;
  }

  // Nothing is lost: what could not be saved comes back, with its codes still ticked.
  function bringBack(one, codes, error) {
    if (error.comments) {
      take(error.comments); // withdrawn meanwhile: it must not be shown again
    } else {
      if (!waiting) next = putAside();
      show(one, codes);
      brought = true;
    }
    say("refused", error.message);
  }

  function save() {
    const codes = ticked();
    const one = article();
    if (waiting) return;
    say("refused", codes.length ? "" : words.none);
    if (!codes.length) return;
    const data = new FormData(form);
    onTheWay.add(number(one));
    goOn();
    line = line.then(async () => {
      try {
        const answer = await ask(form.action, data);
        onTheWay.delete(number(one));
        done.push(answer.undo);
        undoButton.hidden = false;
        count(answer.newly);
        say("said", answer.said);
        take(answer.comments);
      } catch (error) {
        onTheWay.delete(number(one));
        bringBack(one, codes, error);
      }
    });
  }

  function skip() {
    const one = article();
    if (waiting) return;
    const codes = ticked();
    const address = new URL(skipLink.href);
    goOn();
    line = line.then(async () => {
      try {
        const answer = await ask(address);
        const only = answer.comments.length < 2 && waiting;
        take(answer.comments);
        say("said", only ? words.only : "");
      } catch (error) {
        bringBack(one, codes, error);
      }
    });
  }

  // A page drawn after a save without this script says in its form what can be undone.
  function saidByPage() {
    const data = new FormData(undoForm);
    const comment = data.get("comment");
    undoForm.elements.comment.value = "";
    return comment && { comment, added: data.getAll("added"), removed: data.getAll("removed") };
  }

  function undo() {
    line = line.then(async () => {
      const last = done.pop() ?? saidByPage();
      say("refused", last ? "" : words.nothing);
      if (!last) return;
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.set("comment", last.comment);
      for (const code of last.added) data.append("added", code);
      for (const code of last.removed) data.append("removed", code);
      try {
        const answer = await ask(words.undo, data);
        count(answer.newly);
        say("said", answer.said);
        if (!waiting) next = putAside();
        show(drawn(answer.comments[0]), last.added);
        brought = true;
        undoButton.hidden = !done.length;
      } catch (error) {
        if (!error.comments) done.push(last);
        say("refused", error.message);
      }
    });
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  undoForm.addEventListener("submit", (event) => { event.preventDefault(); undo(); });
  skipLink.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    skip();
  });
})();
