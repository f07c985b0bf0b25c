// A search for municipalities: by number, by Norwegian or Sámi name, by names of before. Nothing is guessed: a person chooses.

/** What a search came to, in words and as buttons. */
const searched = (told, add) => {
  const list = told.found.length ? told.found : told.suggestions;
  const words = { found: "searchFound", ambiguous: "searchMany" }[told.status];
  const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;
  const one = ({ code, name, county }) =>
    h("li", {}, h("button", { type: "button", class: "wb-quiet", onclick: () => add({ code, name }) }, `${t("addMunicipality")} ${code} ${name}${county ? ` (${county})` : ""}`));
  return [
    words ? h("p", {}, t(words)) : null,
    // What was assumed, or why there is no answer; among several the list says it.
    told.status === "ambiguous" ? null : told.notes.map((note) => h("p", words ? { class: "wb-help" } : {}, sentence(note))),
    list.length ? h("ul", { class: "wb-found" }, list.map(one)) : null,
  ];
};

/** A field to search in. `add` is given the municipality that somebody chose, and says whether it was not there already. */
const searching = (id, add) => {
  const place = h("div", { id: `${id}-found`, "aria-live": "polite" });
  const box = input(id, { type: "search", autocomplete: "off", spellcheck: "false" }, true);
  const chosen = (one) => {
    const word = `${one.code} ${one.name}`;
    say(add(one) ? t("searchAdded", word) : t("searchThere", word), "done");
    box.value = "";
    place.replaceChildren();
    box.focus();
  };
  const search = () => {
    const text = box.value.trim();
    const told = text ? JSON.parse(state.bench.find_municipality(text, state.lang)) : null;
    place.replaceChildren(...(told ? searched(told, chosen) : []).flat(2).filter(Boolean));
  };
  // Enter searches here; the form around is not sent.
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search();
  });
  return h("div", { class: "wb-search" }, field(id, t("findMunicipality"), box, t("findHelp")), button(t("search"), { type: "button", class: "wb-quiet", onclick: search }), place);
};
