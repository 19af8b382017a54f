// Coding without waiting: the next comments are in the page already, and saving happens behind them.
(() => {
  const form = document.getElementById("coding");
  if (!form || "plain" in form.dataset) return;
  const words = form.dataset;
  const shown = document.getElementById("shown");
  const undoForm = document.getElementById("undo");
  const undoButton = document.getElementById("undo-button");
  const skipLink = document.getElementById("skip");
  const counter = document.querySelector("#coded .progress__words b");

  const here = new Map(); // comments in the page, by number
  const onTheWay = new Set(); // comments being saved
  const ticksOf = new Map(); // codes ticked on a comment that is not shown just now
  const done = []; // what can be undone, the last one last
  let order = []; // the numbers of the comments to come, that shown first, as the server last said
  let held = []; // those whose saves wait since one failed, in their order
  let waiting = false; // the next comment is not here yet
  let brought = false; // the comment shown was brought back by hand
  let stopped = false; // a save failed: nothing more is saved or ticked until somebody goes on
  let asking = false; // the server is being asked what comes next
  let wanted = null; // the comment from which to ask again
  let line = Promise.resolve(); // saves go one after another

  const article = () => shown.querySelector("article");
  const numberOf = (one) => Number(one.dataset.comment);
  const current = () => numberOf(article());
  const boxes = () => [...form.querySelectorAll("input[name=codes]")];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);

  function say(where, text) {
    const said = document.createElement("p");
    said.textContent = text;
    document.getElementById(where).replaceChildren(...(text ? [said] : []));
  }

  // What was typed in a row was meant for other comments: the line stops until somebody has looked.
  function stop(text) {
    stopped = true;
    form.dataset.stopped = "";
    say("refused", `${text} ${words.afterStop}`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small";
    button.textContent = words.goOn;
    button.addEventListener("click", goOnAfterStop);
    document.getElementById("refused").append(button);
  }

  function goOnAfterStop() {
    stopped = false;
    delete form.dataset.stopped;
    say("refused", "");
    article().focus({ preventScroll: true });
  }

  // Comments that are here, and need not be sent again.
  const ready = () => order.filter((number) => here.has(number));

  function keep(articles) {
    for (const one of articles) here.set(numberOf(one), one);
    return articles.map(numberOf);
  }

  function drawn(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.querySelector("article");
  }

  function show(number) {
    const one = here.get(number);
    const codes = ticksOf.get(number) ?? [];
    waiting = brought = false;
    one.removeAttribute("aria-busy");
    shown.replaceChildren(one);
    form.elements.comment.value = number;
    for (const box of boxes()) box.checked = codes.includes(box.value);
    for (const link of document.querySelectorAll("[data-about-comment]")) {
      const address = new URL(link.href);
      address.searchParams.set(link.dataset.aboutComment, number);
      link.href = address;
    }
    one.focus({ preventScroll: true });
    if (one.getBoundingClientRect().top < 0) form.scrollIntoView();
    form.dispatchEvent(new Event("coding:shown")); // keys typed meanwhile are for this one
  }

  // Go on to the next comment that is here; then hear what comes after it.
  function goOn(from) {
    order = order.filter((number) => number !== from && !onTheWay.has(number));
    if (order.length && here.has(order[0])) {
      show(order[0]);
    } else {
      waiting = true;
      article().setAttribute("aria-busy", "true");
    }
  }

  // Ask what comes next: others are coding too. Comments that are here are not sent again.
  async function lookAhead(from) {
    wanted = from;
    if (asking) return; // the one who asks will ask again
    asking = true;
    try {
      while (wanted !== null) {
        from = wanted;
        wanted = null;
        const address = new URL(skipLink.href);
        address.searchParams.set("after", from);
        for (const number of ready()) address.searchParams.append("have", number);
        const answer = await ask(address);
        keep(answer.comments.map(drawn));
        if (wanted === null) setOrder(answer.next, from);
      }
    } catch (error) {
      if (waiting) {
        show(from);
        say("refused", error.message);
      } // otherwise the comments that are here will do for now
    } finally {
      asking = false;
    }
  }

  // The page that says all is coded still offers to undo the last one.
  function placeOf(last) {
    const address = new URL(form.action);
    if (last) {
      address.searchParams.set("done", last.comment);
      for (const code of last.added) address.searchParams.append("added", code);
      for (const code of last.removed) address.searchParams.append("removed", code);
    }
    return address;
  }

  // Nothing that is shown changes without a key, whatever others do meanwhile.
  function setOrder(next, from) {
    order = next.filter((number) => !onTheWay.has(number) && here.has(number));
    if (order.length && waiting) {
      if (order[0] === from) say("said", words.only);
      show(order[0]);
    } else if (!waiting && !brought && !onTheWay.size && !next.includes(current())) {
      say("said", words.overtaken);
    } else if (waiting && !onTheWay.size) {
      location.assign(placeOf(done.findLast((deed) => !deed.skipped)));
    }
  }

  function count(newly) {
    if (!newly) return;
    words.coded = Number(words.coded) + newly;
    const share = Math.round((100 * words.coded) / Math.max(Number(words.total), 1));
    const coded = Number(words.coded).toLocaleString("en-GB");
    counter.textContent = counter.textContent.replace(/[\d,]+/, coded);
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
    if (!response.ok) throw Object.assign(new Error(answer.refused), { gone: answer.gone });
    return answer;
  }

  function comeFirst(numbers) {
    order = [...numbers, ...order.filter((number) => !numbers.includes(number))];
  }

  function bringBack(number, codes) {
    form.dispatchEvent(new Event("coding:interrupted")); // keys typed meanwhile were for another
    if (!waiting) ticksOf.set(current(), ticked());
    ticksOf.set(number, codes);
    comeFirst([number]);
    show(number);
    brought = true;
  }

  function save() {
    const codes = ticked();
    const number = current();
    if (waiting || stopped) return;
    say("refused", codes.length ? "" : words.none);
    if (!codes.length) return;
    const data = new FormData(form);
    onTheWay.add(number);
    ticksOf.delete(number);
    goOn(number);
    line = line.then(async () => {
      if (stopped) {
        // Behind one that failed: it waits with its codes, and is not sent.
        onTheWay.delete(number);
        ticksOf.set(number, codes);
        held.push(number);
        comeFirst(held);
        return;
      }
      try {
        for (const each of ready()) data.append("have", each);
        const answer = await ask(form.action, data);
        remember(answer.undo);
        count(answer.newly);
        say("said", answer.message);
        onTheWay.delete(number);
        keep(answer.comments.map(drawn));
        if (asking) lookAhead(number); // what is asked just now was asked before this was saved
        else setOrder(answer.next, number);
      } catch (error) {
        // Nothing is lost: it comes back with its codes ticked, unless it must not be shown again.
        onTheWay.delete(number);
        if (error.gone) {
          lookAhead(number);
          say("refused", error.message);
        } else {
          bringBack(number, codes);
          held = [number];
          stop(error.message);
        }
      }
    });
  }

  function remember(deed) {
    done.push(deed);
    undoButton.hidden = false;
  }

  function skip() {
    if (waiting || stopped) return;
    const number = current();
    ticksOf.set(number, ticked());
    say("said", "");
    goOn(number);
    line = line.then(() => remember({ skipped: number })); // in its turn, behind what is being saved
    lookAhead(number);
  }

  // A page drawn after a save without this script says in its form what can be undone.
  function lastChangeOnPage() {
    const data = new FormData(undoForm);
    const comment = data.get("comment");
    undoForm.elements.comment.value = "";
    return comment && { comment, added: data.getAll("added"), removed: data.getAll("removed") };
  }

  function undo() {
    if (stopped) return;
    line = line.then(async () => {
      const last = done.pop() ?? lastChangeOnPage();
      say("refused", last ? "" : words.nothing);
      if (!last) return;
      undoButton.hidden = !done.length;
      if (last.skipped) {
        say("said", words.unskipped);
        if (last.skipped !== current() || waiting) bringBack(last.skipped, ticksOf.get(last.skipped) ?? []);
        return;
      }
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.set("comment", last.comment);
      for (const code of last.added) data.append("added", code);
      for (const code of last.removed) data.append("removed", code);
      try {
        const answer = await ask(words.undo, data);
        count(answer.newly);
        say("said", answer.message);
        const [back] = keep(answer.comments.map(drawn));
        if (back) bringBack(back, answer.codes);
      } catch (error) {
        if (!error.gone) remember(last);
        say("refused", error.message);
      }
    });
  }

  // What is ticked goes along to the page that adds a code, and comes back with it.
  document.getElementById("add-code")?.addEventListener("click", (event) => {
    const address = new URL(event.currentTarget.href);
    address.searchParams.delete("code");
    for (const code of ticked()) address.searchParams.append("code", code);
    event.currentTarget.href = address;
  });
  keep([article()]);
  order = keep([...(document.getElementById("following")?.content.querySelectorAll("article") ?? [])]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (stopped && event.submitter) goOnAfterStop(); // whoever presses the button has looked
    save();
  });
  form.addEventListener("coding:go-on", goOnAfterStop);
  undoForm.addEventListener("submit", (event) => { event.preventDefault(); undo(); });
  skipLink.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    skip();
  });
})();
