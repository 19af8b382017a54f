// Whoever writes for everyone is told of a long sentence while they write. What counts as one sentence is
// said in coproduction/languages/reading.py; the page shows the same when it is opened again.
(() => {
  const pause = 1000; // after the last key: nobody is told of a sentence while they are in it
  const end = /(?<=[.!?:;…])[”’")]*\s+|\s*\n+\s*/u;
  const word = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

  function line(sentence, box, told) {
    const shown = document.createElement("p");
    const quote = document.createElement("q");
    quote.lang = box.lang;
    quote.dir = "auto";
    quote.textContent = `${sentence.split(/\s+/u).slice(0, 8).join(" ")} …`;
    shown.append(`${told.dataset.says.replace("{number}", sentence.match(word).length)} `, quote);
    return shown;
  }

  function tell(box, told) {
    const most = Number(told.dataset.most);
    const long = box.value.split(end).filter((each) => (each.match(word) || []).length > most);
    told.replaceChildren(...long.map((sentence) => line(sentence, box, told)));
  }

  document.addEventListener("input", ({ target }) => {
    const told = target.parentElement?.querySelector(".plainly");
    if (!told) return;
    clearTimeout(told.timer);
    told.timer = setTimeout(() => tell(target, told), pause);
  });
})();
