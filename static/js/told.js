// Says what changed to those who don't see it. What a page brings along is not read out by itself, and
// neither is a piece of it that is fetched again: the words are put into the one live region.
(() => {
  const region = document.getElementById("say");
  const later = 300; // a live region that changes while the page is being read in is passed over

  function say(those) {
    const words = [...those].map((each) => each.textContent.trim().replace(/\s+/g, " ")).join(" ");
    if (words && words !== region.textContent) region.textContent = words;
  }

  // What was just done; on a list that somebody narrowed, how many there are.
  const done = "main :is(.messages, .undo) p";
  const found = location.search ? ", main [data-found], main .empty :is(h2, h3)" : "";
  setTimeout(() => say(document.querySelectorAll(done + found)), later);

  // A piece that htmx brought says in data-say, or in a notice, what has come of it.
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    const piece = (target.id && document.getElementById(target.id)) || target;
    say(piece.querySelectorAll("[data-say], .notice__title"));
  });
})();
