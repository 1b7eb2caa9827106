/* The page without a network in one file: its keys and its words lie in it. */

const root = document.querySelector("[data-offline]");
const facts = JSON.parse(document.getElementById("facts").textContent);
const page = modules["offline.js"].start(root, {
  credential: modules["credential.js"],
  scanner: async () => modules["scanner.js"],
  source: { keys: async () => ({ set: facts.keys, at: facts.keys_at }), list: async () => null },
  words: facts.words,
  language: facts.language,
  files: {},
  goesOnline: false,
});
if (!("BarcodeDetector" in window)) page.hideCamera();
for (const button of document.querySelectorAll("[data-speak]")) {
  button.addEventListener("click", () => {
    for (const one of document.querySelectorAll("[data-speak]")) one.setAttribute("aria-pressed", String(one === button));
    page.speak(button.dataset.speak);
  });
}
