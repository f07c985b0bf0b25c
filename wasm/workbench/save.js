// Save: the project as one encrypted file, names and addresses as another, and what a successor is handed.

/** A form with a passphrase twice, and what is done with it. */
const sealing = (id, label, work) =>
  form(
    (data, own) => {
      if (data.get("first") !== data.get("second")) return say(t("differ"), "wrong");
      return slowly(() => {
        const word = work(data.get("first"));
        own.reset();
        return t(word);
      });
    },
    field(`${id}-first`, t("passphrase"), input(`${id}-first`, { type: "password", name: "first", required: true, minlength: 12, autocomplete: "new-password" }, true), t("passphraseHelp")),
    field(`${id}-second`, t("passphraseAgain"), input(`${id}-second`, { type: "password", name: "second", required: true, autocomplete: "new-password" })),
    button(label),
  );

pages.save = () => {
  const { overview } = state;
  const keep = (name, bytes) => download(`${overview.id}-${name}${today()}.bygdepuls`, bytes, "application/octet-stream");
  const project = (passphrase) => {
    keep("", state.bench.save(passphrase, state.lang));
    state.changed = false;
    showUnsaved();
    return "saved";
  };
  const contacts = (passphrase) => {
    keep("kontakter-", state.bench.save_contacts(passphrase, state.lang));
    state.contactsChanged = false;
    showUnsaved();
    return "savedContacts";
  };
  const facts = { rounds: overview.rounds?.length ?? 0, released: overview.released ?? 0, key: overview.key, log: overview.contact_log };
  return [
    h("p", {}, t("saveHelp")),
    sealing("wb-save", t("saveNow"), project),
    overview.names ? part(t("contactFile"), h("p", {}, t("saveContactsHelp")), sealing("wb-save-contacts", t("saveContacts"), contacts)) : null,
    part(t("handover"), h("ul", {}, t("handoverList", facts).map((line) => h("li", {}, line))), h("p", {}, t("backup"))),
    folded(t("folder"), h("p", {}, t("folderHelp")), act(t("folderDownload"), () => download(`${overview.id}-${today()}-prosjekt.zip`, state.bench.folder(state.lang), "application/zip"))),
  ];
};
